using System.Security.Cryptography;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What only people can answer, from the blank sheet over a table or a page in a browser to the run that counts it.</summary>
public sealed class AnswersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnswersTests() => _folder.Write("candidate.yaml", """
        candidate: demo-one
        name: 演示
        kind: other
        classified: false
        protectionLevel: 2
        deployment: own-room
        endpoints: []
        protection:
          extensions: []
          objectsComplete: true
          objects:
          - {id: portal, title: 门户, kind: application}

        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_blank_sheet_goes_through_a_table_and_a_page_and_comes_back_byte_for_byte()
    {
        var said = (await RunAsync("answers", "new", "candidate.yaml")).With(0).Output;
        Assert.Contains("个问题", said, StringComparison.Ordinal);
        await RunAsync("answers", "convert", "answers.yaml", "a.xlsx", "--candidate", "candidate.yaml");
        await RunAsync("answers", "convert", "a.xlsx", "b.html", "--candidate", "candidate.yaml");
        (await RunAsync("answers", "convert", "b.html", "c.yaml", "--candidate", "candidate.yaml")).With(0);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("answers.yaml")), await File.ReadAllTextAsync(_folder.File("c.yaml")));
        (await RunAsync("answers", "check", "c.yaml", "--candidate", "candidate.yaml")).With(0);
        Assert.Contains("新增问题 0 个", (await RunAsync("answers", "new", "candidate.yaml")).With(0).Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("c.yaml")), await File.ReadAllTextAsync(_folder.File("answers.yaml")));
        Assert.Contains("没有覆盖", (await RunAsync("answers", "new", "candidate.yaml", "--from", "c.yaml")).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("扩展名不对", (await RunAsync("answers", "convert", "answers.yaml", "a.docx")).With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answers_file_that_candidate_yaml_names_may_be_the_one_about_to_be_made()
    {
        await File.AppendAllTextAsync(_folder.File("candidate.yaml"), "  answers: answers.yaml\n");
        Assert.Contains("answers new", (await RunAsync("run", "candidate.yaml")).With(3).Error, StringComparison.Ordinal);
        Assert.Contains("已写出 answers.xlsx", (await RunAsync("answers", "new", "candidate.yaml", "--out", "answers.xlsx")).With(0).Output, StringComparison.Ordinal);
        (await RunAsync("answers", "check", "answers.xlsx", "--candidate", "candidate.yaml")).With(0);
        (await RunAsync("answers", "convert", "answers.xlsx", "answers.yaml", "--candidate", "candidate.yaml")).With(0);
        Assert.Contains("新增问题 0 个", (await RunAsync("answers", "new", "candidate.yaml")).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_answers_is_said_and_hashes_are_filled_in()
    {
        _folder.Write("附件/a.pdf", "内容");
        _folder.Write("answers.yaml", """
            answers: demo-one
            documents:
            - {id: training, kind: training, file: 附件/a.pdf, issuedOn: 2020-01-01}
            items:
            - {item: HRS-TN-a, verdict: 符合, by: 回答人, organisation: 单位, on: 2020-01-01, documents: [training]}
            - {item: PSS-RU-a, verdict: 符合, by: 回答人, organisation: 单位, on: 2020-01-01, evidence: [{file: 附件/没有.pdf}]}
            - {item: CES-IA-z, verdict: 不符合, on: 2020-01-01}
            - {item: CES-IA-a, object: nobody, verdict: 不符合, on: 2020-01-01}

            """);
        var before = (await RunAsync("answers", "check", "answers.yaml", "--candidate", "candidate.yaml")).With(2).Output;
        foreach (var part in new[] { "超过 12 个月", "没有.pdf 的文件不在", "没有记录散列", "CES-IA-z 不在本系统", "nobody 不问 CES-IA-a" })
        {
            Assert.Contains(part, before, StringComparison.Ordinal);
        }

        (await RunAsync("answers", "check", "answers.yaml", "--write-hashes")).With(2);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("内容"u8)), AnswerFile.Read(_folder.File("answers.yaml")).Documents[0].File!.Sha256);
    }

    [Fact]
    public async Task A_new_sheet_keeps_what_was_answered_adds_what_is_new_and_says_what_went()
    {
        _folder.Write("answers.yaml", """
            answers: demo-one
            documents:
            - {id: drill, kind: training, file: '附件\演练.pdf', issuedOn: 2026-01-01}
            items:
            - {item: HRS-TN-a, verdict: 符合, by: 回答人, organisation: 单位, on: 2026-01-01, documents: [drill], statement: 每年一次}
            - {item: CES-IA-a, object: portal, statement: 还在核实}
            - {item: CES-IA-a, object: gone, verdict: 不符合, by: 回答人, organisation: 单位, on: 2026-01-01}
            highRisks:
            - {cases: ["6.4.1.1"], claim: 存在, by: 回答人, organisation: 单位, on: 2026-01-01}

            """);
        var before = await File.ReadAllTextAsync(_folder.File("answers.yaml"));
        var said = (await RunAsync("answers", "new", "candidate.yaml")).With(0).Output;
        foreach (var part in new[] { "里的回答 3 行", "没有抄过来的 1 行", "CES-IA-a（gone）", "answers.yaml.old" })
        {
            Assert.Contains(part, said, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(_folder.File("answers.yaml.old")));
        var sheet = AnswerFile.Read(_folder.File("answers.yaml"));
        Assert.Equal("附件/演练.pdf", sheet.Documents.Single(d => d.Kind == "training").File!.Path);
        Assert.Equal(("每年一次", "还在核实"), (sheet.Answers.Single(a => a.Item == "HRS-TN-a").Statement, sheet.Answers.Single(a => a is { Item: "CES-IA-a", Object: "portal" }).Statement));
        Assert.Equal(HighRiskClaim.Present, sheet.Cases.Single(c => c.Cases.Contains("6.4.1.1")).Claim);
        Assert.True(sheet.Answers.Count > 100, $"{sheet.Answers.Count}");
        Assert.Contains("没有抄过来的 0 行", (await RunAsync("answers", "new", "candidate.yaml", "--from", "answers.yaml", "--out", "b.xlsx")).With(0).Output, StringComparison.Ordinal);
        Assert.Equal(sheet.Answers.Select(a => (a.Item, a.Object, a.Verdict, a.Statement)), AnswerFile.Read(_folder.File("b.xlsx")).Answers.Select(a => (a.Item, a.Object, a.Verdict, a.Statement)));
        _folder.Write("other.yaml", "answers: another\n");
        Assert.Contains("没有沿用", (await RunAsync("answers", "new", "candidate.yaml", "--from", "other.yaml", "--out", "c.yaml")).With(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd", "绝对路径")]
    [InlineData("D:\\材料\\a.pdf", "绝对路径")]
    [InlineData("..\\a.pdf", "目录之外")]
    public async Task Attachments_lie_below_the_answers_file(string path, string why)
    {
        _folder.Write("answers.yaml", $"answers: demo-one\nitems:\n- {{item: HRS-TN-a, verdict: 符合, evidence: [{{file: '{path}'}}]}}\n");
        var error = (await RunAsync("answers", "check", "answers.yaml")).With(3).Error;
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.DoesNotContain("passwd", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_is_listed_and_an_item_explained()
    {
        var listed = (await RunAsync("rules", "list", "--controls", "--json")).With(0).Json.EnumerateArray().Select(c => c.GetProperty("key").GetString()).ToList();
        Assert.Contains("CES-IA-a", listed);
        Assert.Contains("IOT-CES-01", listed);
        var item = (await RunAsync("explain", "ces-ia-a")).With(0).Output;
        foreach (var part in new[] { "L3-CES1-01", "不问：数据资源", "ACC-03", "A-18", "two-factor", "system-config" })
        {
            Assert.Contains(part, item.Replace("\n      ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("云服务方", (await RunAsync("explain", "CLD-CNS-01")).With(0).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_page_is_filled_in_from_disk_and_hands_back_what_was_typed()
    {
        Skip.If(InstalledBrowser.Find() is null && Environment.GetEnvironmentVariable("CI") != "true", "缺少 Chromium");
        const string statement = "\"引号\" </script> # 第一行\n第二行：_x0041_ \\n";
        (await RunAsync("answers", "new", "candidate.yaml", "--out", "form.html")).With(0);
        _folder.Write("签到 表.pdf", "签到");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledBrowser.Find(), Args = ["--no-sandbox", "--disable-background-networking"] });
        var page = await browser.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync(new Uri(_folder.File("form.html")).AbsoluteUri);
        await page.FillAsync("#by", "回答人");
        await page.FillAsync("#organisation", "单位");
        await page.FillAsync("#on", "2026-05-01");
        var card = page.Locator("#items .card", new() { HasText = "HRS-TN-a" });
        await card.Locator("textarea").FillAsync(statement);
        await card.Locator("input[type=file]").SetInputFilesAsync(_folder.File("签到 表.pdf"));
        await card.Locator("li .hash").WaitForAsync();
        await card.Locator("input[type=checkbox]").First.CheckAsync();
        await card.Locator("select").SelectOptionAsync("符合");
        Assert.Contains("已回答 1 /", await page.Locator("#count").InnerTextAsync(), StringComparison.Ordinal);
        var yaml = await DownloadAsync(page, "#export", "out.yaml");
        var kept = await DownloadAsync(page, "#save", "out.html");
        Assert.Empty(errors);
        foreach (var sheet in new[] { AnswerFile.Read(yaml), AnswerFile.Read(kept) })
        {
            var answer = sheet.Answers.Single(a => a.Verdict is not null);
            Assert.Equal(("HRS-TN-a", Verdict.Satisfied, "回答人", "单位", new DateOnly(2026, 5, 1), statement), (answer.Item, answer.Verdict!.Value, answer.By!, answer.Organisation!, answer.On!.Value, answer.Statement!));
            Assert.Equal(["training"], answer.Documents);
            Assert.Equal(("附件/签到 表.pdf", Convert.ToHexStringLower(SHA256.HashData("签到"u8))), (answer.Evidence[0].Path, answer.Evidence[0].Sha256));
        }

        // The kept page opens again with the answers in it.
        await page.GotoAsync(new Uri(kept).AbsoluteUri);
        Assert.Contains("已回答 1 /", await page.Locator("#count").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    private async Task<string> DownloadAsync(IPage page, string button, string name)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(button));
        await download.SaveAsAsync(_folder.File(name));
        return _folder.File(name);
    }

    private Task<Ended> RunAsync(params string[] args) => SecurityCheck.RunAsync(_folder.Path, args);
}
