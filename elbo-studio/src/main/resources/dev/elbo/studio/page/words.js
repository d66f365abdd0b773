// What the pages say, in both languages.
export const words = {
  en: {
    epochsUnit: 'epochs', againHint: 'Held-out examples, and below what the model makes of them', path_: 'Rate and distortion', pathHint: 'The way of the training through rate (across) and distortion (up), in nats; dashed: equal negative ELBO',
    studio: 'Elbo studio', runs: 'Runs', train: 'Train', compare: 'Compare', handbook: 'Handbook', skip: 'Skip to the page',
    theme: 'Light or dark', trained: 'Your runs', shipped: 'Models that come with Elbo', noRuns: 'No runs yet',
    noRunsHint: 'Start a training here, or with ./elbo train vae --data mnist', startTraining: 'Start a training',
    training: 'training', stopped: 'stopped', diverged: 'diverged', finished: 'finished', interrupted: 'interrupted', shippedState: 'ready to use',
    epoch: 'epoch', of: 'of', nats: 'nats', negElbo: 'Negative ELBO', distortion: 'Distortion', rate: 'Rate', step: 'Step', seconds: 'seconds',
    trainCurve: 'training', validCurve: 'validation', overview: 'Overview', latents: 'Latent space', editor: 'Editor', text: 'Text', speech: 'Speech',
    settings: 'Settings', figures: 'Figures', option: 'Option', value: 'Value', live: 'live', lost: 'reconnecting', gone: 'The run was deleted.',
    back: 'All runs', stop: 'Stop', resume: 'Resume', delete: 'Delete', askDelete: 'Delete this run and all of its files? This cannot be undone.',
    cancel: 'Cancel', recipe: 'Recipe', data: 'Data', bound: 'Evidence bound', open: 'Open', loading: 'Loading …', term: 'Term', dims: 'Active dimensions',
    logY: 'Best so far', showing: 'What is shown', measured: 'Measured', credit: 'Credit', licence: 'Licence', chart: 'Curve', retry: 'Try again', images: 'Pictures',
    letOut: 'This browser has not been let in, or the studio was started anew. Open the link that it printed.', serverGone: 'The studio does not answer: perhaps it was ended. Start it again with ./elbo studio.', numbers: 'Numbers',
    published: 'Published data sets', fetched: 'will be fetched,', ofRun: 'Data of your runs', dataHint: 'Own files are trained on by ./elbo train --data PATH; then they stand here.', modelOptions: 'Options of the recipe', trainingOptions: 'Options of the training',
    moreOptions: 'More options of the training', pixelsHint: 'how pixels are treated', seedHint: 'of everything that is random', starting: 'Starting …', goesOn: 'It goes on when this page or the studio is closed.', run: 'Run', validation: 'validation', test: 'test', train_: 'train',
    epochs: 'Samples by checkpoint', epochsSub: 'The same points of latent space, decoded by each checkpoint that was kept', coding: 'Computing the codes of the examples …', codesOf: 'codes of split', tool: 'Tool', move: 'Move', lasso: 'Lasso', path: 'Path', whole: 'Whole view', latentsHint: 'Wheel zooms, drag moves; lasso shows examples; a path becomes a strip',
    decodedHere: 'Decoded at the pointer', exampleHere: 'Example', exampleHint: 'Point at an example', x: 'across', y: 'up', split: 'split', principal: 'component', ofVariance: 'of the variance', strip: 'Along the path', chosenOnes: 'examples chosen',
    noVectors: 'The latents of this model are codes, not vectors: they have no sliders.', picture: 'Picture', undo: 'Undo', redo: 'Redo', chance: 'By chance', keepA: 'Keep as A', keepB: 'Keep as B', dimensions: 'Dimensions', dimensionsHint: 'Those that tell most come first; the last column is the rate in nats', fewer: 'Fewer', allOf: 'All', beginWith: 'Begin with', given: 'The given picture', sentPicture: 'Your picture', example: 'Example', examples: 'Examples', upload: 'Send a picture',
    write: 'Write', between: 'Between', transfer: 'Transfer', chat: 'Chat', first: 'Begins with', keyword: 'Keyword', count: 'How many', temperature: 'Temperature', from: 'From', to: 'To', sentences: 'Sentences, a line each', yourTurn: 'Your turn', inTurn: 'in turn', working: 'Working …', say: 'Say', anew: 'Anew', whatIsSaid: 'What is said', voice: 'Voice', pitch: 'Pitch in semitones', seed: 'Seed', waveform: 'Waveform', spectrogram: 'Spectrogram', copy: 'Copy', copied: 'Copied', speechRate: 'Speed', activeUnits: 'Active dimensions'
  },
  zh: {
    epochsUnit: '轮', againHint: '留出的样例，以及模型对它们的重构', path_: '码率与失真', pathHint: '训练在码率（横轴）与失真（纵轴）平面上的路径，单位纳特；虚线：负 ELBO 相等',
    studio: 'Elbo 工作室', runs: '训练记录', train: '训练', compare: '比较', handbook: '手册', skip: '跳到正文',
    theme: '浅色或深色', trained: '我的训练', shipped: '随 Elbo 附带的模型', noRuns: '还没有训练',
    noRunsHint: '在这里开始训练，或运行 ./elbo train vae --data mnist', startTraining: '开始训练',
    training: '训练中', stopped: '已停止', diverged: '已发散', finished: '已完成', interrupted: '已中断', shippedState: '可直接使用',
    epoch: '轮', of: '/', nats: '纳特', negElbo: '负 ELBO', distortion: '失真', rate: '码率', step: '步', seconds: '秒',
    trainCurve: '训练', validCurve: '验证', overview: '概览', latents: '潜空间', editor: '编辑器', text: '文本', speech: '语音',
    settings: '设置', figures: '图', option: '选项', value: '取值', live: '实时', lost: '重新连接中', gone: '这个训练已被删除。',
    back: '全部训练', stop: '停止', resume: '继续', delete: '删除', askDelete: '删除这个训练及其全部文件？无法撤销。',
    cancel: '取消', recipe: '配方', data: '数据', bound: '证据下界', open: '打开', loading: '加载中…', term: '项', dims: '活跃维度',
    logY: '目前最佳', showing: '展示内容', measured: '实测', credit: '来源', licence: '许可', chart: '曲线', retry: '重试', images: '图像',
    letOut: '浏览器未获准进入，或工作室已重新启动。请打开它打印的链接。', serverGone: '工作室没有响应，可能已结束。请用 ./elbo studio 重新启动。', numbers: '数值',
    published: '公开数据集', fetched: '将下载', ofRun: '已有训练的数据', dataHint: '自己的文件请用 ./elbo train --data PATH 训练，之后会出现在这里。', modelOptions: '配方选项', trainingOptions: '训练选项',
    moreOptions: '更多训练选项', pixelsHint: '像素的处理方式', seedHint: '一切随机性的种子', starting: '正在启动…', goesOn: '关闭网页或工作室后训练仍会继续。', run: '训练', validation: '验证', test: '测试', train_: '训练集',
    epochs: '各检查点的样本', epochsSub: '潜空间中相同的点，由保留的每个检查点解码', coding: '正在计算样例的编码…', codesOf: '个编码，划分：', tool: '工具', move: '移动', lasso: '圈选', path: '路径', whole: '全部', latentsHint: '滚轮缩放，拖动平移；圈选显示样例；路径变成图条',
    decodedHere: '指针处解码', exampleHere: '样例', exampleHint: '指向一个样例', x: '横轴', y: '纵轴', split: '划分', principal: '主成分', ofVariance: '的方差', strip: '沿路径', chosenOnes: '个样例被选中',
    noVectors: '这个模型的潜变量是码字而非向量，没有滑块。', picture: '图像', undo: '撤销', redo: '重做', chance: '随机', keepA: '存为 A', keepB: '存为 B', dimensions: '维度', dimensionsHint: '信息最多的在前；最后一列为码率（纳特）', fewer: '收起', allOf: '全部', beginWith: '起点', given: '原图', sentPicture: '你的图片', example: '样例', examples: '样例', upload: '上传图片',
    write: '写作', between: '插值', transfer: '改写', chat: '对话', first: '开头', keyword: '关键词', count: '数量', temperature: '温度', from: '从', to: '到', sentences: '句子，每行一句', yourTurn: '你说', inTurn: '轮流', working: '计算中…', say: '说', anew: '重新开始', whatIsSaid: '要说的话', voice: '声音', pitch: '音高（半音）', seed: '种子', waveform: '波形', spectrogram: '频谱图', copy: '复制', copied: '已复制', speechRate: '语速', activeUnits: '活跃维度'
  }
};
