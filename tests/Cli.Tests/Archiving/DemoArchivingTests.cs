using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Demo;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The archiving function of the demonstration over real connections, well run and careless.</summary>
public sealed class DemoArchivingTests
{
    [Fact]
    public async Task A_finished_case_waits_by_itself_is_detected_packed_and_its_package_says_what_page_and_interface_say()
    {
        await using var visitor = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await visitor.FinishedAsync(1);
        var row = Assert.Single(ArchiveVisitor.Rows(await visitor.GetAsync("archive/waiting"), "待归档"));
        Assert.Equal(("BJ00000001", "户外广告设置审批", "待归档"), (row[0], row[1], row[2]));
        Assert.Contains("还没有做四性检测", await visitor.PostAsync("archive/cases/1/pack"), StringComparison.Ordinal);
        var rows = ArchiveVisitor.Rows(await visitor.PostAsync("archive/cases/1/detect"), "检测结果");
        Assert.Equal(30, rows.Count);
        Assert.DoesNotContain(rows, r => r[1] == "不通过");
        Assert.InRange(rows.Count(r => r[1] == "通过"), 28, 30);
        var package = await visitor.PackageAsync(1);
        var list = XElement.Parse(Encoding.UTF8.GetString(await visitor.TransferListAsync(1)));
        Assert.Equal(Convert.ToHexStringLower(Sm3.HashData(package)), list.Descendants("digital_summary").Single().Value);
        Assert.Equal("SM3", list.Descendants("digital_summarization_algorithm").Single().Value);
        var (metadata, files) = Opened(package);
        foreach (var entry in metadata.Descendants("file"))
        {
            var bytes = files[$"{entry.Parent!.Attribute("title")!.Value}/{entry.Element("computer_file_name")!.Value}"];
            Assert.Equal(Convert.ToHexStringLower(Sm3.HashData(bytes)), entry.Element("digital_summary")!.Value);
            Assert.Equal(bytes.Length, (int)entry.Element("computer_file_size")!);
        }

        Assert.Equal(files.Count - 2, metadata.Descendants("file").Count());
        Assert.Equal(["申报文件", "过程文件", "结果文件"], metadata.Descendants("folder").Select(f => f.Attribute("title")!.Value));
        var shown = ArchiveVisitor.Rows(await visitor.GetAsync("archive/cases/1/metadata"), "元数据");
        Assert.Equal(metadata.Elements().Where(e => e.Name != "fileset").Select(e => e.Value), shown.Select(s => s[1]));
        var told = JsonDocument.Parse(await visitor.GetAsync("api/cases/BJ00000001/metadata")).RootElement;
        Assert.All(metadata.Elements().Where(e => e.Name != "fileset"), e => Assert.Equal(e.Value, told.GetProperty(e.Name.LocalName).GetString()));
        Assert.Contains("<dd>1</dd>", await visitor.GetAsync("archive/statistics"), StringComparison.Ordinal);
        Assert.Equal(["导出归档包", "打包", "四性检测", "打包", "收集归档", "办结", "新建办件"], ArchiveVisitor.Rows(await visitor.GetAsync("archive/logs?target=BJ00000001"), "操作日志").Select(r => r[2]).Where(a => a != "查看元数据"));
    }

    [Fact]
    public async Task The_careless_one_packs_undetected_with_an_orphan_an_md5_digest_and_metadata_that_differ_from_the_page()
    {
        await using var visitor = await ArchiveVisitor.StartAsync(DemoVariant.Careless);
        await visitor.FinishedAsync(1);
        Assert.All(ArchiveVisitor.Rows(await visitor.PostAsync("archive/cases/1/detect"), "检测结果"), r => Assert.Equal("通过", r[1]));
        await visitor.FinishedAsync(2);
        var package = await visitor.PackageAsync(2);
        var (metadata, files) = Opened(package);
        Assert.Equal(files.Count - 3, metadata.Descendants("file").Count());
        var list = XElement.Parse(Encoding.UTF8.GetString(await visitor.TransferListAsync(2)));
        Assert.Equal("MD5", list.Descendants("digital_summarization_algorithm").Single().Value);
        Assert.Equal(32, list.Descendants("digital_summary").Single().Value.Length);
        var shown = ArchiveVisitor.Rows(await visitor.GetAsync("archive/cases/2/metadata"), "元数据");
        Assert.NotEqual(metadata.Element("task_name")!.Value, shown.Single(s => s[0] == "事项名称")[1]);
        Assert.Contains("<dd>2</dd>", await visitor.GetAsync("archive/statistics"), StringComparison.Ordinal); // one package
        await visitor.PostAsync("archive/cases/2/remove");
        await visitor.FinishedAsync(3);
        Assert.Equal(metadata.Element("project_id")!.Value, ArchiveVisitor.Rows(await visitor.GetAsync("archive/waiting"), "待归档")[0][0]); // the number of the deleted one
    }

    [Fact]
    public async Task A_number_is_never_given_twice_where_the_system_is_well_run()
    {
        await using var visitor = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await visitor.PostAsync("archive/cases", ("matter", "取水许可"), ("applicant", "甲"));
        await visitor.PostAsync("archive/cases/1/remove");
        await visitor.FinishedAsync(2);
        Assert.Contains("办结以后不能删除", await visitor.PostAsync("archive/cases/2/remove"), StringComparison.Ordinal);
        Assert.Equal("BJ00000002", Assert.Single(ArchiveVisitor.Rows(await visitor.GetAsync("archive/waiting"), "待归档"))[0]);
    }

    [Fact]
    public async Task Logs_are_for_the_administrator_and_cannot_be_edited_unless_the_system_is_careless()
    {
        await using var wellRun = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await using var clerk = await wellRun.ClerkAsync();
        Assert.Contains("没有权限", await clerk.GetAsync("archive/logs"), StringComparison.Ordinal);
        var page = await wellRun.GetAsync("archive/logs");
        Assert.Contains(ArchiveVisitor.Rows(page, "操作日志"), r => r[2] == "越权访问" && r[4] == "拒绝");
        Assert.DoesNotContain("编辑", page, StringComparison.Ordinal);
        await wellRun.PostAsync("archive/logs/1", ("do", "remove"));
        Assert.Equal(ArchiveVisitor.Rows(page, "操作日志"), ArchiveVisitor.Rows(await wellRun.GetAsync("archive/logs"), "操作日志"));

        await using var careless = await ArchiveVisitor.StartAsync(DemoVariant.Careless);
        await using var anybody = await careless.ClerkAsync();
        Assert.Contains("编辑", await anybody.GetAsync("archive/logs"), StringComparison.Ordinal);
        await anybody.PostAsync("archive/logs/1", ("do", "remove"));
        await anybody.PostAsync("archive/logs/2", ("do", "edit"), ("result", "改过"));
        Assert.Equal("改过", Assert.Single(ArchiveVisitor.Rows(await anybody.GetAsync("archive/logs"), "操作日志"))[4]);
    }

    [Fact]
    public async Task A_backup_stands_on_disk_with_its_digest_or_is_only_said()
    {
        await using var wellRun = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await wellRun.FinishedAsync(1);
        var row = Assert.Single(ArchiveVisitor.Rows(await wellRun.PostAsync("archive/backup"), "备份"));
        var bytes = await File.ReadAllBytesAsync(Assert.Single(wellRun.System.Archiving.BackupFiles));
        Assert.Equal(("成功", $"{bytes.Length} 字节", "SM3 " + Convert.ToHexStringLower(Sm3.HashData(bytes))), (row[3], row[1], row[4]));
        await using var careless = await ArchiveVisitor.StartAsync(DemoVariant.Careless);
        Assert.Equal("成功", Assert.Single(ArchiveVisitor.Rows(await careless.PostAsync("archive/backup"), "备份"))[3]);
        Assert.Empty(careless.System.Archiving.BackupFiles);
    }

    [Theory]
    [InlineData(DemoVariant.WellRun, "'=1+1", "999*************01")]
    [InlineData(DemoVariant.Careless, "=1+1", "999999199001010001")]
    public async Task An_export_has_every_case_and_only_the_careless_one_lets_formulas_and_numbers_out(DemoVariant variant, string applicant, string card)
    {
        await using var visitor = await ArchiveVisitor.StartAsync(variant);
        await visitor.FinishedAsync(1, applicant: "=1+1");
        Assert.Contains("<dt>总数</dt><dd>1</dd>", await visitor.GetAsync("archive/export"), StringComparison.Ordinal);
        var lines = (await visitor.GetAsync("archive/export/cases.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(["BJ00000001", "户外广告设置审批", applicant, card], lines[1].Split(',').Take(4));
    }

    [Theory]
    [InlineData("办件编号,事项,申请人,受理日期\nBJ00000101,取水许可,甲,2026-02-30\n", "2")]
    [InlineData("办件编号,事项,申请人,受理日期\nBJ00000100,取水许可,甲,2026-02-03\nBJ00000100,取水许可,乙,2026-02-03\n", "3")]
    [InlineData("办件编号,事项,申请人,受理日期\nBJ00000101,取水许可,=cmd,2026-02-03\n", "2")]
    [InlineData("办件编号,事项,申请人\nBJ00000101,取水许可,甲\n", "1")]
    [InlineData("办件编号,事项,申请人,受理日期\nBJ00000101,取水许可,甲\n", "2")]
    [InlineData("办件编号,事项,申请人,受理日期\n\"BJ00000101,取水许可,甲,2026-02-03\n", "2")]
    [InlineData("PK\u0003\u0004 xlsx", "1")]
    [InlineData("", "1")]
    public async Task A_bad_file_is_refused_whole_with_the_number_of_its_row(string file, string line)
    {
        await using var visitor = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        var page = await visitor.ImportAsync(Encoding.UTF8.GetBytes(file));
        Assert.Contains("失败", page, StringComparison.Ordinal);
        Assert.Equal(line, Assert.Single(ArchiveVisitor.Rows(page, "导入结果"))[0]);
        Assert.Contains("<dd>0</dd>", await visitor.GetAsync("archive/export"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DemoVariant.WellRun, 0, "失败：整个文件没有入库")]
    [InlineData(DemoVariant.Careless, 9_999, "成功 9999 条，失败 1 条")]
    public async Task Ten_thousand_rows_with_one_fault_come_in_only_where_the_system_is_careless(DemoVariant variant, int added, string said)
    {
        await using var visitor = await ArchiveVisitor.StartAsync(variant);
        var rows = string.Concat(Enumerable.Range(1, 10_000).Select(i => FormattableString.Invariant($"BJ{i:D8},取水许可,甲,2026-02-{(i == 7_000 ? 31 : 3)}\n")).Select(r => r.Replace("2026-02-3\n", "2026-02-03\n", StringComparison.Ordinal)));
        Assert.Contains(said, await visitor.ImportAsync(Encoding.UTF8.GetBytes("办件编号,事项,申请人,受理日期\n" + rows)), StringComparison.Ordinal);
        Assert.Contains($"<dd>{added}</dd>", await visitor.GetAsync("archive/export"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_file_comes_in()
    {
        await using var visitor = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        Assert.Contains("成功 1 条", await visitor.ImportAsync(Encoding.UTF8.GetBytes("\uFEFF办件编号,事项,申请人,受理日期\r\nBJ00000101,取水许可,\"甲,乙\",2026-02-03\r\n")), StringComparison.Ordinal);
        Assert.Contains("甲,乙", await visitor.GetAsync("archive/cases"), StringComparison.Ordinal);
    }

    private static (XElement Metadata, Dictionary<string, byte[]> Files) Opened(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package), ZipArchiveMode.Read);
        var files = zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }, StringComparer.Ordinal);
        return (XElement.Parse(Encoding.UTF8.GetString(files["基本信息元数据.xml"])), files);
    }
}
