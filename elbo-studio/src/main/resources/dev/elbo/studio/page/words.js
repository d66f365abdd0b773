// What the pages say, in both languages.
export const words = {
  en: {
    studio: 'Elbo studio', runs: 'Runs', train: 'Train', compare: 'Compare', handbook: 'Handbook', skip: 'Skip to the page',
    theme: 'Light or dark', trained: 'Your runs', shipped: 'Models that come with Elbo', noRuns: 'No runs yet',
    noRunsHint: 'Start a training here, or with ./elbo train vae --data mnist', startTraining: 'Start a training',
    training: 'training', stopped: 'stopped', diverged: 'diverged', finished: 'finished', interrupted: 'interrupted', shippedState: 'ready to use',
    epoch: 'epoch', of: 'of', nats: 'nats', negElbo: 'Negative ELBO', distortion: 'Distortion', rate: 'Rate', step: 'Step', seconds: 'seconds',
    trainCurve: 'training', validCurve: 'validation', overview: 'Overview', latents: 'Latent space', editor: 'Editor', text: 'Text', speech: 'Speech',
    settings: 'Settings', figures: 'Figures', option: 'Option', value: 'Value', live: 'live', lost: 'reconnecting', gone: 'The run was deleted.',
    back: 'All runs', stop: 'Stop', resume: 'Resume', delete: 'Delete', askDelete: 'Delete this run and all of its files? This cannot be undone.',
    cancel: 'Cancel', recipe: 'Recipe', data: 'Data', bound: 'Evidence bound', open: 'Open', loading: 'Loading …', term: 'Term', dims: 'Active dimensions',
    logY: 'Best so far', showing: 'What is shown', measured: 'Measured', credit: 'Credit', licence: 'Licence', chart: 'Curve', retry: 'Try again', images: 'Pictures', numbers: 'Numbers'
  },
  zh: {
    studio: 'Elbo 工作室', runs: '训练记录', train: '训练', compare: '比较', handbook: '手册', skip: '跳到正文',
    theme: '浅色或深色', trained: '我的训练', shipped: '随 Elbo 附带的模型', noRuns: '还没有训练',
    noRunsHint: '在这里开始训练，或运行 ./elbo train vae --data mnist', startTraining: '开始训练',
    training: '训练中', stopped: '已停止', diverged: '已发散', finished: '已完成', interrupted: '已中断', shippedState: '可直接使用',
    epoch: '轮', of: '/', nats: '纳特', negElbo: '负 ELBO', distortion: '失真', rate: '码率', step: '步', seconds: '秒',
    trainCurve: '训练', validCurve: '验证', overview: '概览', latents: '潜空间', editor: '编辑器', text: '文本', speech: '语音',
    settings: '设置', figures: '图', option: '选项', value: '取值', live: '实时', lost: '重新连接中', gone: '这个训练已被删除。',
    back: '全部训练', stop: '停止', resume: '继续', delete: '删除', askDelete: '删除这个训练及其全部文件？无法撤销。',
    cancel: '取消', recipe: '配方', data: '数据', bound: '证据下界', open: '打开', loading: '加载中…', term: '项', dims: '活跃维度',
    logY: '目前最佳', showing: '展示内容', measured: '实测', credit: '来源', licence: '许可', chart: '曲线', retry: '重试', images: '图像', numbers: '数值'
  }
};
