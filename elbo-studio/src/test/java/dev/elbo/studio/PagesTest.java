package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in the system's Chromium, over a run of two dimensions. */
class PagesTest {
    private static @Nullable TinyStudio tiny;
    private static @Nullable Browser browser;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Optional<Path> program = Browser.program();
        assumeTrue(
                program.isPresent(),
                "the pages are not tested: there is no Chromium on the PATH; 'apt install chromium' gets one");
        tiny = TinyStudio.open();
        browser = Browser.start(program.get());
    }

    @AfterAll
    static void close() throws IOException, InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (tiny != null) {
            tiny.close();
        }
    }

    @BeforeEach
    void enter() throws IOException, InterruptedException {
        browser().tab().size(1280, 900, false);
        browser().go(tiny().studio().link()).until("document.querySelector('a.card.run')");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser().complaints()).isEmpty();
    }

    private static TinyStudio tiny() {
        return Objects.requireNonNull(tiny);
    }

    private static Browser browser() {
        return Objects.requireNonNull(browser);
    }

    private static Browser page(String hash) throws IOException {
        browser().value("location.hash = '" + hash + "'");
        return browser();
    }

    private static String text(String selector) throws IOException {
        return browser()
                .value("document.querySelector(`" + selector + "`).innerText")
                .asText();
    }

    @Test
    void theAddressKeepsNoToken() throws IOException {
        assertThat(browser().value("location.href").asText()).doesNotContain("token");
        assertThat(browser().value("document.cookie").asText()).isEmpty();
    }

    @Test
    void aTrainingIsStartedAndItsCurveMoves() throws IOException, InterruptedException {
        page("#/train").until("document.querySelector('#o-hidden')");
        browser().value("""
                (() => {
                  const set = (name, value) => { const field = document.querySelector('#o-' + name); field.value = value; field.dispatchEvent(new Event('change')); };
                  set('hidden', '8'); set('latents', '2'); set('epochs', '3'); set('batch', '8');
                  document.querySelector('#data').value = 'run:tiny';
                  document.querySelector('form').requestSubmit();
                })()""");
        browser()
                .until("location.hash.startsWith('#/run/vae-images-')")
                .until("document.querySelector('.chip.finished')");
        browser().until("document.querySelector('elbo-curve').lines.some(line => line.points.length > 1)");
        browser().until("document.querySelector('elbo-epochs canvas')");
    }

    @Test
    void aSettingThatCannotBeIsSaidOnThePage() throws IOException, InterruptedException {
        page("#/train").until("document.querySelector('#o-hidden')");
        browser()
                .value(
                        "(() => { const f = document.querySelector('#o-hidden'); f.value = 'wide'; f.dispatchEvent(new Event('change')); document.querySelector('#data').value = 'run:tiny'; document.querySelector('form').requestSubmit(); })()");
        browser().until("document.querySelector('[role=alert]')?.innerText.includes('hidden=wide')");
        assertThat(browser().complaints()).hasSize(1).allMatch(line -> line.contains("400"));
        browser().tab(); // that one is forgotten
    }

    @Test
    void thePointerDecodesWhereItIsAndALassoShowsExamples() throws IOException, InterruptedException {
        page("#/run/tiny/latents").until("document.querySelector('elbo-scatter')?.places");
        browser().until("document.querySelector('canvas.over').width > 300");
        double x = browser()
                .value("document.querySelector('canvas.over').getBoundingClientRect().x")
                .asDouble();
        double y = browser()
                .value("document.querySelector('canvas.over').getBoundingClientRect().y")
                .asDouble();
        browser().mouse("mouseMoved", x + 200, y + 200);
        browser()
                .until(
                        "document.querySelector('canvas.made').width === 8 && document.querySelector('canvas.made').getContext('2d').getImageData(0, 0, 8, 8).data.some((v, i) => i % 4 < 3 && v > 0)");
        browser().value("[...document.querySelectorAll('.seg button')].find(b => b.innerText === 'Lasso').click()");
        browser().mouse("mousePressed", x + 2, y + 2);
        double right = browser()
                        .value("document.querySelector('canvas.over').clientWidth")
                        .asDouble()
                - 2;
        double below = browser()
                        .value("document.querySelector('canvas.over').clientHeight")
                        .asDouble()
                - 2;
        for (double[] corner : new double[][] {{right, 2}, {right, below}, {2, below}, {2, 2}}) {
            browser().mouse("mouseMoved", x + corner[0], y + corner[1]);
        }
        browser().mouse("mouseReleased", x + 2, y + 2);
        browser().until("document.querySelector('canvas.chosen')?.width > 8");
        assertThat(browser()
                        .value("document.querySelector('elbo-latents').chosen.length")
                        .asInt())
                .isEqualTo(40);

        browser().value("""
                (c => { const b = c.getBoundingClientRect();
                  c.dispatchEvent(new PointerEvent('pointermove', {clientX: b.x + 2.5 * b.width / 10, clientY: b.y + 1.5 * b.height / 4, bubbles: true})); })(document.querySelector('canvas.chosen'))""");
        assertThat(browser()
                        .value("document.querySelector('elbo-scatter').hover")
                        .asInt())
                .as("the picture in the second row and the third column is ringed on the map")
                .isEqualTo(12);
    }

    @Test
    void withoutWebGlPointsAreDrawnByHand() throws IOException, InterruptedException {
        browser().value("""
                HTMLCanvasElement.prototype.getContext = (whole => function (kind, ...rest) {
                  return kind === 'webgl2' ? null : whole.call(this, kind, ...rest);
                })(HTMLCanvasElement.prototype.getContext), 1""");
        page("#/run/tiny/latents").until("document.querySelector('elbo-scatter')?.places");
        browser()
                .until(
                        "(c => c.width > 300 && c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0))(document.querySelector('canvas.points'))");
    }

    @Test
    void anEditIsUndoneDoneAgainAndBroughtBackByItsLink() throws IOException, InterruptedException {
        page("#/run/tiny/editor").until("document.querySelector('.sliders input')");
        String moved =
                "(() => { const s = document.querySelector('.sliders input'); s.value = '2.5'; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change')); return document.querySelector('elbo-editor').sliders[0].d; })()";
        int dimension = browser().value(moved).asInt();
        String value = "document.querySelector('elbo-editor').now.z[" + dimension + "]";
        browser().until(value + " === 2.5");
        browser().value("[...document.querySelectorAll('button')].find(b => b.innerText === 'Undo').click()");
        browser().until(value + " !== 2.5");
        browser().value("[...document.querySelectorAll('button')].find(b => b.innerText === 'Redo').click()");
        browser().until(value + " === 2.5").until("location.hash.includes('2.5')");
        String link = browser().value("location.href").asText();
        browser().go("about:blank").go(link).until(value + " === 2.5");
    }

    @Test
    void attributesMaskAndCornersAreUndoneAndBroughtBackByTheLink() throws IOException, InterruptedException {
        tiny().keepDirection();
        page("#/run/tiny/editor").until("document.querySelector('.attributes .slider')");
        browser().value("""
                (async () => {
                  const editor = document.querySelector('elbo-editor'), press = name => [...document.querySelectorAll('button')].find(b => b.innerText === name).click();
                  const slider = document.querySelector('.attributes input');
                  slider.value = '1.5'; slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change'));
                  editor.keepCorner('A');
                  press('Brush');
                  await editor.updateComplete;
                  const brush = document.querySelector('elbo-brush');
                  brush.stroke([1, 1]); brush.stroke([5, 1]); brush.end();
                  await editor.updateComplete;
                  press('Fill in');
                })()""");
        String now = "document.querySelector('elbo-editor').now";
        // the strength has become part of the point that was found
        browser().until("Object.keys(" + now + ".a).length === 0 && " + now + ".m && " + now + ".k.A");
        browser().until("location.hash.includes('%22m%22')");
        String link = browser().value("location.href").asText();
        for (int i = 0; i < 2; i++) {
            browser().value("[...document.querySelectorAll('button')].find(b => b.innerText === 'Undo').click()");
        }
        browser().until(now + ".a.lying === 1.5 && !" + now + ".m");
        browser().go("about:blank").go(link).until(now + "?.m && " + now + ".k.A");
        browser().until("document.querySelector('canvas.made').width === 8");
        tiny().forgetDirection();
    }

    @Test
    void fourCornersAreASquareOfPictures() throws IOException, InterruptedException {
        page("#/run/tiny/editor").until("document.querySelector('elbo-editor')?.now");
        browser()
                .value(
                        "(async () => { const e = document.querySelector('elbo-editor'); for (const c of ['A', 'B', 'C', 'D']) { await e.example(c.charCodeAt(0) - 60); e.keepCorner(c); } })()");
        browser().until("document.querySelector('elbo-blend canvas')?.width === 7 * 8");
        browser()
                .value(
                        "(s => { for (let i = 0; i < 40; i++) s.dispatchEvent(new KeyboardEvent('keydown', {key: i % 2 ? 'ArrowRight' : 'ArrowDown', repeat: i > 0})); })(document.querySelector('.square'))");
        // by keys to the lower right, where D is
        browser()
                .until(
                        "(e => e.now.z.every((v, i) => Math.abs(v - e.now.k.D[i]) < 1e-4))(document.querySelector('elbo-editor'))");
    }

    @Test
    void theNearestTrainingPicturesAreShownWithTheirDistance() throws IOException, InterruptedException {
        page("#/run/tiny/editor").until("document.querySelector('elbo-near button:last-child')");
        browser().until("document.querySelector('elbo-near').pixels");
        browser().value("[...document.querySelectorAll('elbo-near button')].find(b => b.innerText === 'Look').click()");
        browser().until("document.querySelectorAll('canvas.found').length === 12");
        assertThat(text("elbo-near figure:nth-child(2) figcaption")).matches("0\\.\\d{3} (lying|standing)");
    }

    @Test
    void aPictureIsSentAndItsCodeIsMovedFrom() throws IOException, InterruptedException {
        page("#/run/tiny/editor").until("document.querySelector('.sliders input')");
        Path file = Files.createTempFile("elbo", ".png");
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        browser().choose("input[type=file]", file);
        browser()
                .until("document.querySelector('figure.small figcaption').innerText === 'Your picture'")
                .until("document.querySelector('canvas.given').width === 8");
        Files.delete(file);
    }

    @Test
    void theStudioSpeaksChineseAndHasADarkTheme() throws IOException, InterruptedException {
        browser().value("[...document.querySelectorAll('.tools button')].find(b => b.innerText === '中文').click()");
        browser().until("document.querySelector('h1').innerText === '训练记录'");
        assertThat(browser().value("document.documentElement.lang").asText()).isEqualTo("zh-CN");
        String ground = browser()
                .value("getComputedStyle(document.body).backgroundColor")
                .asText();
        browser().value("document.querySelector('.tools .icon').click()");
        browser().until("getComputedStyle(document.body).backgroundColor !== '" + ground + "'");
    }

    @Test
    void thePagesOfARunDeletedUnderneathSaySo() throws IOException, InterruptedException {
        Path copy = Files.createDirectories(tiny().runs().resolve("copy"));
        Files.copy(tiny().runs().resolve("tiny/config.json"), copy.resolve("config.json"));
        page("#/run/copy").until("document.querySelector('.options')");
        RunFiles.delete(copy);
        browser().until("document.querySelector('[role=alert]')?.innerText.includes('deleted')");
    }

    @Test
    void everyPageFitsAPhoneAndAllThatIsPressedHasAName() throws IOException, InterruptedException {
        browser().size(390, 844, true);
        for (String page : new String[] {
            "#/runs",
            "#/train",
            "#/compare",
            "#/handbook/03-algorithm",
            "#/run/tiny",
            "#/run/tiny/seen",
            "#/run/tiny/latents",
            "#/run/tiny/editor"
        }) {
            page(page)
                    .until("!document.querySelector('main').innerText.includes('Loading')")
                    .until("document.querySelector('main .card')");
            assertThat(browser().value("document.documentElement.scrollWidth").asInt())
                    .as(page)
                    .isLessThanOrEqualTo(390);
            assertThat(browser()
                            .value(
                                    "[...document.querySelectorAll('button, a, input, select, textarea')].filter(e => !(e.innerText?.trim() || e.ariaLabel || e.labels?.length || e.closest('label'))).map(e => e.outerHTML).join()")
                            .asText())
                    .as(page)
                    .isEmpty();
        }
        assertThat(text("main")).isNotBlank();
    }

    @Test
    void formulaeOfTheHandbookAreSet() throws IOException, InterruptedException {
        page("#/handbook/03-algorithm")
                .until("document.querySelector('article').dataset.ready")
                .until("document.querySelector('article .katex')");
        assertThat(browser()
                        .value("document.querySelectorAll('.katex-error').length")
                        .asInt())
                .isZero();
    }

    @Test
    void aCommandOfTheHandbookFillsInTheForm() throws IOException, InterruptedException {
        page("#/handbook/05-practice").until("document.querySelector('article')?.dataset.ready");
        browser()
                .value(
                        "[...document.querySelectorAll('pre')].find(p => p.innerText.includes('hidden=256,128')).querySelector('a.run').click()");
        browser()
                .until(
                        "document.querySelector('#recipe')?.value === 'vae' && document.querySelector('#data')?.value === 'set:mnist'");
        assertThat(browser().value("document.querySelector('#o-hidden').value").asText())
                .isEqualTo("256,128");
        assertThat(browser().value("document.querySelector('#o-latents').value").asText())
                .isEqualTo("10");
        browser().until("document.querySelector('.note')?.innerText.includes('not on this machine')");
    }

    @Test
    void onlyCommandsThatTrainAreOfferedToBeRun() throws IOException {
        String form = "(async () => (await import('/app/live.js')).formOf(`%s`) ?? '')()";
        assertThat(browser()
                        .value(form.formatted("./elbo train vae --data mnist --set 'prior=flow(4)'"))
                        .asText())
                .isEqualTo("#/train/recipe%3Dvae%26data%3Dmnist%26set.prior%3Dflow%25284%2529");
        for (String other : new String[] {
            "./elbo models",
            "./elbo train vae --out /etc",
            "./elbo train $(id) --data mnist",
            "rm -rf . && ./elbo train vae"
        }) {
            assertThat(browser().value(form.formatted(other)).asText())
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void figuresAreLiveWhereTheHandbookSaysSo() throws IOException, InterruptedException {
        page("#/handbook/03-algorithm").until("document.querySelector('live-plane canvas')?.width === 8");
        page("#/handbook/04-mathematics").until("document.querySelector('live-divergence input')");
        browser()
                .value(
                        "(s => { s.value = '2'; s.dispatchEvent(new Event('input')); })(document.querySelector('live-divergence input'))");
        browser().until("document.querySelector('live-divergence footer').innerText.includes('2.00')");
    }

    @Test
    void theDataAreLookedAtBeforeATraining() throws IOException, InterruptedException {
        page("#/train").until("document.querySelector('#o-hidden')");
        browser()
                .value(
                        "(s => { s.value = 'run:tiny'; s.dispatchEvent(new Event('change')); })(document.querySelector('#data'))");
        browser().until("document.querySelector('canvas.glimpse')?.height === 8");
        assertThat(text(".look")).contains("lying 80").contains("standing 80");
    }

    @Test
    void oneExamplesWayIsSeenAtEachCheckpoint() throws IOException, InterruptedException {
        page("#/run/tiny/seen").until("document.querySelector('elbo-seen canvas.made')?.width === 8");
        browser().until("document.querySelectorAll('elbo-seen .density').length === 2");
        browser().until("document.querySelectorAll('elbo-seen .bars rect').length === 4");
        browser().value("document.querySelectorAll('elbo-seen .thumbs button')[3].click()");
        browser().until("document.querySelector('elbo-seen h2').innerText.endsWith('3')");
    }
}
