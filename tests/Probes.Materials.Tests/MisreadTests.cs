using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>What a hasty look would take for a title, a day, a version or a system, and is none.</summary>
public sealed class MisreadTests
{
    private const string Report = "密码应用安全性评估报告";
    private const string Contract = "项目合同";

    private static readonly string Long = string.Concat(Enumerable.Repeat("本报告记录各项工作的过程与结论，供验收各方核对。参加人员逐条阅读了所列材料，对发现的问题提出处理建议，并由负责人签字存档。", 5));

    [Theory]
    [InlineData("审计报告", "代码审计报告\n对源代码的安全缺陷做了审计。", Verdict.NeedsReview)]
    [InlineData(Contract, "监理报告\n监理单位依照项目合同开展工作。", Verdict.NeedsReview)]
    [InlineData(Contract, "项目合同\n监理报告由监理单位另行提交。", Verdict.Satisfied)]
    [InlineData("监理报告", "监理工作总结（终稿）\n附项目合同一份，监理日志若干。", Verdict.NeedsReview)]
    [InlineData("监理报告", "河源区政务服务办理系统\n监理总结报告（送审稿）", Verdict.Satisfied)]
    [InlineData(Report, "商用密码应用安全性\n评估报告\n密码应用", Verdict.Satisfied)]
    [InlineData("审计报告", "监理总结报告", Verdict.NotSatisfied)]
    [InlineData("项目合同", "项目监理总结报告", Verdict.NotSatisfied)]
    [InlineData("审计报告", "监理单位的工作在报告里写明", Verdict.NeedsReview)]
    [InlineData("项目需求方案", "项目建设方案", Verdict.NeedsReview)]
    [InlineData("资产台账", "项目建设总结", Verdict.NeedsReview)]
    [InlineData("用户使用报告", "项目建设总结", Verdict.NeedsReview)]
    [InlineData("试运行报告", "用户使用报告\n系统试运行的情况如下。", Verdict.NeedsReview)]
    [InlineData(Report, "关于报送材料的函\n现将密码应用安全性评估报告一份报送你们。", Verdict.NeedsReview)]
    [InlineData(Report, "根据要求，现报送密码应用安全性评估报告", Verdict.NeedsReview)]
    [InlineData(Report, "河源区政务服务办理系统\n商用密码\n应用安全性\n评估报告（送审稿）", Verdict.Satisfied)]
    [InlineData("试运行报告", "用户使用报告\n系统使用的情况如下。", Verdict.NotSatisfied)]
    public async Task A_kind_is_told_by_the_title(string kind, string text, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.docx", Papers.Word($"{text}\n{Long}"), kind))["MAT-02"]);

    /// <summary>本系统 is this system, and what else is assessed beside it is none.</summary>
    [Theory]
    [InlineData("测评对象：本系统，第三级", Verdict.Satisfied)]
    [InlineData("测评对象：物理机房与应用服务器", Verdict.Satisfied)]
    [InlineData("被测系统：该系统", Verdict.Satisfied)]
    [InlineData("测评对象：另一处的办公系统", Verdict.NotSatisfied)]
    public async Task Another_system_is_one_with_a_name(string line, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.docx", Papers.Word($"{Papers.Report(Report)}\n{line}\n{Long}"), Report))["MAT-03"]);

    [Theory]
    [InlineData("2026年3月", "1 概述")]
    [InlineData("2026年3月", "1日常管理")]
    [InlineData("版本2026.3", "1")]
    [InlineData("V2026.3.1", "")]
    [InlineData("地址 10.2026.3.1", "")]
    [InlineData("2026.3.1.5", "")]
    [InlineData("2026年三月一十二日", "")]
    public async Task What_stood_apart_is_no_day(string line, string next)
    {
        foreach (var file in new[] { Papers.Word($"{Report}\n{line}\n{next}\n{Long}"), Papers.Cells(Report, line, next, Long), Papers.Ofd($"{Report}\n{line}\n{next}\n{Long}"), Pdfs.Of($"{Report}\n{line}", next + Long) })
        {
            Assert.Empty((await DatesAsync(file)).GetProperty("days").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_line_of_OFD_is_put_together_by_where_its_pieces_stand()
    {
        const string page = "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\">{0}</ofd:Page>";
        string[] pieces = ["2026", "年3月", "1", "日"];
        var line = string.Concat(pieces.Select((p, i) => $"<ofd:TextObject Boundary=\"{i * 10} 20 10 5\"><ofd:TextCode>{p}</ofd:TextCode></ofd:TextObject>"));
        Assert.Equal("2026-03-01", Assert.Single((await DatesAsync(Papers.OfdPage(string.Format(null, page, line + $"<ofd:TextObject><ofd:TextCode>{Long}</ofd:TextCode></ofd:TextObject>")))).GetProperty("days").EnumerateArray()).GetString());
        var lines = string.Concat(pieces.Select((p, i) => $"<ofd:TextObject Boundary=\"0 {i * 10} 10 5\"><ofd:TextCode>{p}</ofd:TextCode></ofd:TextObject>"));
        Assert.Empty((await DatesAsync(Papers.OfdPage(string.Format(null, page, lines + $"<ofd:TextObject><ofd:TextCode>{Long}</ofd:TextCode></ofd:TextObject>")))).GetProperty("days").EnumerateArray());
    }

    [Theory]
    [InlineData(Report, "报告日期：2026年3月1日", Verdict.Satisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期：2026年3月1日至2026年5月1日", Verdict.NotSatisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期限：2026年3月1日至2027年5月1日", Verdict.Satisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期间：自2026年3月1日起至2026年5月1日止", Verdict.NotSatisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期三个月", Verdict.NeedsReview)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期至2027年5月1日\n有效期三个月", Verdict.NeedsReview)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期至2026年5月1日\n有效期三个月", Verdict.NotSatisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n服务器证书有效期至2026年1月1日", Verdict.NeedsReview)]
    [InlineData(Report, "报告日期：2026年3月1日\n测评机构资质的有效期至2029年1月1日", Verdict.NeedsReview)]
    [InlineData(Report, "报告日期：2026年3月1日\n有效期：2026年5月1日", Verdict.NeedsReview)]
    [InlineData(Report, "报告日期：2024年3月1日\n有效期三年", Verdict.NotSatisfied)]
    [InlineData(Report, "报告日期：2026年3月1日\n所用证书均在有效期内", Verdict.Satisfied)]
    [InlineData(Report, "计划完成日期：2026年3月1日\n测评于二〇二四年一月二日和二〇二四年一月三日进行", Verdict.NeedsReview)]
    [InlineData("产品清单", "报告日期：2026年3月1日", Verdict.NeedsReview)]
    [InlineData(Contract, "签署日期：2025年3月1日", Verdict.NotApplicable)]
    [InlineData(Contract, "签署日期：2025年3月1日\n合同有效期至2025年12月31日", Verdict.NotApplicable)]
    [InlineData("数据共享情况证明", "出具日期：2025年3月1日\n有效期至2026年5月1日", Verdict.NotSatisfied)]
    [InlineData("数据共享情况证明", "出具日期：2025年3月1日\n有效期至2027年5月1日", Verdict.Satisfied)]
    [InlineData("数据共享情况证明", "出具日期：2025年3月1日\n本证书有效期至2026年5月1日", Verdict.NotSatisfied)]
    public async Task A_paper_is_in_date_only_by_what_it_says_and_was_understood(string kind, string text, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.docx", Papers.Word($"{kind}\n{text}\n{Long}"), kind))["MAT-04"]);

    /// <summary>A page nobody read may say another day: enough to speak against, never for.</summary>
    [Theory]
    [InlineData("2026年3月1日", Verdict.NeedsReview)]
    [InlineData("2024年3月1日", Verdict.NotSatisfied)]
    public async Task A_paper_that_was_read_in_part_is_never_in_date(string day, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.pdf", Pdfs.Of($"{Papers.Report(Report, day)}\n{Long[..40]}", ""), Report))["MAT-04"]);

    [Fact]
    public async Task A_version_from_a_paper_that_was_read_in_part_is_a_question() =>
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.pdf", Pdfs.Of($"{Papers.Report(Report)}\n{Long[..40]}", ""), Report))["MAT-06"]);

    [Theory]
    [InlineData("MAT-06", "操作系统版本：V10", Verdict.NeedsReview)]
    [InlineData("MAT-06", "数据库系统版本：V8.0\n扫描工具软件版本：3.2", Verdict.NeedsReview)]
    [InlineData("MAT-06", "系统版本：V2.1\n操作系统版本：V10", Verdict.Satisfied)]
    [InlineData("MAT-06", "系统版本：V2.1\n软件版本：V1.0", Verdict.NeedsReview)]
    [InlineData("MAT-06", "系统版本：V2\n1 概述", Verdict.NotSatisfied)]
    [InlineData("MAT-03", "操作系统名称：某某桌面\n项目名称：某某能力提升工程", Verdict.Satisfied)]
    [InlineData("MAT-03", "系统名称：另一处的办公系统", Verdict.NotSatisfied)]
    public async Task Labels_inside_of_other_words_are_other_labels(string requirement, string text, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.docx", Papers.Word($"{Report}\n{Papers.System}\n{Papers.Owner}\n{text}\n{Long}"), Report))[requirement]);

    public static TheoryData<string, byte[]> Unread => new()
    {
        { "一个字母", Encoding.ASCII.GetBytes(new string('a', 5000)) },
        { "Base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Long))) },
        { "RTF", Encoding.UTF8.GetBytes("{\\rtf1\\ansi " + Long + "}") },
        { "图片文档", Papers.Word("第1页\n第2页", [.. Enumerable.Range(0, 4).Select(i => ($"word/media/image{i}.png", "scan"))]) },
        { "表格", Papers.Sheet("<row><c t=\"inlineStr\"><is><t>" + Long + "</t></is></c><c s=\"3\"><v>46082</v></c></row>") },
        { "演示", Papers.Zip([("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>"), ("ppt/slides/slide1.xml", $"<p>{Long}</p>"), ("ppt/noise", Guid.NewGuid().ToString())]) },
        { "声音", [.. "ID3"u8, .. Encoding.UTF8.GetBytes(Long), .. Guid.NewGuid().ToByteArray()] },
    };

    /// <summary>Nothing follows from words that nobody read.</summary>
    [Theory]
    [MemberData(nameof(Unread))]
    public async Task What_was_not_read_is_for_people(string name, byte[] bytes)
    {
        var verdicts = await Looking.JudgeAsync(name, bytes, Report);
        Assert.All(verdicts, v => Assert.Equal((v.Key, v.Key == "MAT-05" && name == "表格" ? Verdict.NotSatisfied : Verdict.NeedsReview), (v.Key, v.Value)));
    }

    [Fact]
    public async Task Numbers_of_a_table_are_text() =>
        Assert.Equal(["V2.1"], (await Looking.FactsAsync("a.xlsx", Papers.Sheet($"<row><c t=\"str\"><v>{Long}</v></c></row><row><c t=\"str\"><v>系统版本：V2.1</v></c><c><v>7</v></c></row>"), Report))["materials.version"].GetProperty("named").EnumerateArray().Select(v => v.GetString()!));

    /// <summary>Made to be slow: as many labels as dates.</summary>
    [Fact]
    public async Task Many_labels_and_days_take_no_longer_than_their_text()
    {
        var text = Long + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"报告日期试运行期有效期{2000 + (i % 90)}年3月1日至{2000 + (i % 90)}年3月2日系统版本V{i}系统名称：甲乙{i}\n"));
        var started = TimeProvider.System.GetTimestamp();
        var facts = await Looking.FactsAsync("a.txt", Encoding.UTF8.GetBytes(text), Report);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal("2000-03-03", facts["materials.dates"].GetProperty("seenStaleFrom").GetString());
        Assert.All(new[] { "staleFrom", "expiresOn", "days", "trial" }, f => Assert.False(facts["materials.dates"].TryGetProperty(f, out _), f));
    }

    /// <summary>As many as are looked at, all of next year; what stands behind them nobody saw.</summary>
    [Theory]
    [InlineData("有效期至2027年5月1日。", 2000, Verdict.NeedsReview)]
    [InlineData("有效期至2027年5月1日。", 1999, Verdict.Satisfied)]
    [InlineData("记于2026年3月1日。", 5000, Verdict.NeedsReview)]
    [InlineData("记于2026年3月1日。", 4990, Verdict.Satisfied)]
    public async Task A_list_that_was_cut_does_not_speak_for_a_paper(string line, int count, Verdict verdict) =>
        Assert.Equal(verdict, (await Looking.JudgeAsync("a.txt", Encoding.UTF8.GetBytes($"{Papers.Report(Report)}\n{string.Join('\n', Enumerable.Repeat(line, count))}"), Report))["MAT-04"]);

    /// <summary>A folder without end is read as far as one long paper, and says where that was.</summary>
    [Fact]
    public async Task A_material_of_many_files_has_one_bound_for_its_text()
    {
        using var folder = new TemporaryFolder();
        var large = string.Concat(Enumerable.Range(0, 1_200_000 / Long.Length).Select(i => $"第{i}条{Long}"));
        foreach (var name in new[] { "1.txt", "2.txt", "3.txt" })
        {
            await File.WriteAllTextAsync(folder.File(name), large);
        }

        var seen = (await Looking.RecordsAsync([new Document { Id = "paper", Path = folder.Path, MaterialKind = Report }])).Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Single(o => o.Kind == "materials.files");
        Assert.Equal(["2.txt", "3.txt"], seen.Data.GetProperty("forPeople").EnumerateArray().Select(f => f.GetString()![..5]));
        Assert.False(seen.Data.TryGetProperty("isReadable", out _));
    }

    [Fact]
    public async Task The_explanation_names_the_file_that_was_not_read()
    {
        var unread = (await Looking.FactsAsync("扫描.png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Encoding.UTF8.GetBytes(Long), .. Guid.NewGuid().ToByteArray()], Report))["materials.kind"].GetProperty("unread");
        Assert.Contains("扫描.png", Assert.Single(unread.EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> DatesAsync(byte[] file) => (await Looking.FactsAsync("a.bin", file, Report))["materials.dates"];
}
