using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Demo;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Packages sent to the demonstration's own detection, and packages it transfers.</summary>
public sealed class DemoDetectionTests
{
    [Fact]
    public async Task Its_own_package_passes_and_each_defect_is_refused_with_its_item_unless_the_system_is_careless()
    {
        await using var maker = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await maker.FinishedAsync(1);
        await maker.PostAsync("archive/cases/1/detect");
        var (package, list) = (await maker.PackageAsync(1), await maker.TransferListAsync(1));
        await using var wellRun = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await using var careless = await ArchiveVisitor.StartAsync(DemoVariant.Careless);
        Assert.Equal(("PASS", ""), Verdict(await wellRun.ReceiveAsync(package, Convert.ToBase64String(Sm3.HashData(package)), list)));
        Assert.Equal(("FAIL", "GD-1-14"), Verdict(await wellRun.ReceiveAsync(package, "AAAA")));
        Assert.Equal(("FAIL", "GD-1-8"), Verdict(await maker.ReceiveAsync(package, null)));
        foreach (var (item, change) in Defects)
        {
            var broken = Changed(package, change);
            Assert.Equal((item, "FAIL"), (item, Verdict(await wellRun.ReceiveAsync(broken, null)).Status));
            Assert.Contains(item, Verdict(await wellRun.ReceiveAsync(broken, null)).Items.Split('，'));
            Assert.Equal("PASS", Verdict(await careless.ReceiveAsync(broken, "AAAA")).Status);
        }

        var lists = new (string Item, string From, string To)[] { ("GD-2-1", "<send_number>1", "<send_number>2"), ("GD-2-2", "<send_size>", "<send_size>9"), ("GD-1-12", "演示移交人", ""), ("GD-1-7", "J001-ZW·", "J001/ZW·"), ("GD-1-14", ">SM3<", ">MD5<") };
        foreach (var (item, from, to) in lists)
        {
            Assert.Contains(item, Verdict(await wellRun.ReceiveAsync(package, null, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(list).Replace(from, to, StringComparison.Ordinal)))).Items.Split('，'));
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_package_are_answered_and_the_system_goes_on()
    {
        await using var maker = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await maker.FinishedAsync(1);
        await maker.PostAsync("archive/cases/1/detect");
        var package = await maker.PackageAsync(1);
        await using var wellRun = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        for (var seed = 0u; seed < 150; seed++)
        {
            var broken = package.ToArray();
            var state = (seed * 2654435761u) | 1;
            for (var i = 0; i < 1 + (seed % 6); i++)
            {
                state = (state * 1664525u) + 1013904223u;
                broken[state % (uint)broken.Length] ^= (byte)(1 << (int)(state >> 29));
            }

            broken = seed % 5 == 0 ? broken[..(int)(state % (uint)broken.Length)] : broken;
            Assert.Equal("FAIL", Verdict(await wellRun.ReceiveAsync(broken, Convert.ToBase64String(Sm3.HashData(package)))).Status);
        }

        Assert.Contains("PASS", await wellRun.ReceiveAsync(package, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_or_the_token_the_interface_answers_401_where_the_system_is_well_run()
    {
        await using var wellRun = await ArchiveVisitor.StartAsync(DemoVariant.WellRun);
        await wellRun.PostAsync("archive/logout");
        Assert.Equal("TOKEN", JsonDocument.Parse(await wellRun.GetAsync("api/cases/1/metadata")).RootElement.GetProperty("code").GetString());
        wellRun.Client.DefaultRequestHeaders.Authorization = new("Bearer", wellRun.System.Archiving.ApiToken);
        Assert.Equal("NOT_FOUND", JsonDocument.Parse(await wellRun.GetAsync("api/cases/1/metadata")).RootElement.GetProperty("code").GetString());
        Assert.Contains("登录", await wellRun.GetAsync("archive/waiting"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DemoVariant.WellRun, "已退回（题名缺失）", "已接收（已接收，SM3 摘要相符）")]
    [InlineData(DemoVariant.Careless, "已移交", "已接收（已接收，MD5 摘要相符）")]
    public async Task A_returned_package_is_shown_with_its_reason_and_sent_again(DemoVariant variant, string returned, string accepted)
    {
        await using var receiver = await ArchiveReceiver.StartAsync(new ReceiverOptions { Token = "token-of-test", Answers = ReceiverAnswer.Parse("return:题名缺失,check")! }, TimeProvider.System, _ => { }, CancellationToken.None);
        await using var visitor = await ArchiveVisitor.StartAsync(variant);
        await visitor.FinishedAsync(1);
        await visitor.PostAsync("archive/cases/1/detect");
        Assert.Contains("没有设置接收地址", await visitor.PostAsync("archive/cases/1/transfer"), StringComparison.Ordinal);
        Assert.Contains("没有保存", await visitor.PostAsync("archive/config", ("address", "http://example.cn/api")), StringComparison.Ordinal);
        await visitor.PostAsync("archive/config", ("address", receiver.Address.ToString()), ("token", "token-of-test"));
        var first = await visitor.PostAsync("archive/cases/1/transfer");
        Assert.Equal(returned, ArchiveVisitor.Rows(first, "待归档")[0][2]);
        Assert.Contains("重新移交", first, StringComparison.Ordinal);
        Assert.Equal(accepted, ArchiveVisitor.Rows(await visitor.PostAsync("archive/cases/1/transfer"), "待归档")[0][2]);
        Assert.Contains("接收回执", await visitor.GetAsync("archive/cases/1/metadata"), StringComparison.Ordinal);
        Assert.Equal([TransferOutcome.Returned, TransferOutcome.Accepted], receiver.Transfers.Select(t => t.Outcome));
    }

    [Fact]
    public void Every_planted_fault_stands_once_in_the_list()
    {
        Assert.Equal(PlantedFault.All.Count, PlantedFault.All.Select(f => f.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(PlantedFault.All, f => Assert.True(f.Function[0] is 'F' or 'B' && f.What.Length > 0 && f.Why.Length > 0));
    }

    private static IEnumerable<(string Item, Func<string, byte[], byte[]?> Change)> Defects =>
    [
        ("GD-1-3", Metadata("<receive_time>20", "<receive_time>20xx")), ("GD-1-3", Metadata("<social_code>1", "<social_code>2")), ("GD-1-4", Metadata(">30年<", ">40年<")),
        ("GD-1-5", Metadata("<archive_time>2", "<archive_time>3")), ("GD-1-2", Metadata("演示区一号路1号", new string('长', 201))), ("GD-1-6", Metadata("演示区一号路1号", " 演示区一号路1号")), ("GD-1-9", Metadata("<computer_file_size>", "<computer_file_size>1")),
        ("GD-1-1", Metadata("<digital_summary>", "<digital_summary>0")), ("GD-1-11", (p, b) => p.EndsWith("受理通知书.ofd", StringComparison.Ordinal) ? null : b), ("GD-2-11", Metadata("<total_number>", "<total_number>1")),
        ("GD-2-3", Metadata("task_name", "other_name")), ("GD-2-4", Metadata(">申请人甲<", "><")), ("GD-2-9", Metadata(">B1<", ">Z1<")), ("GD-2-8", (p, b) => p.Contains("材料1", StringComparison.Ordinal) ? null : b),
        ("GD-3-1", Metadata("<base_info", "<!DOCTYPE base_info [<!ENTITY a \"b\">]><base_info")), ("GD-3-1", (p, b) => p.StartsWith("基本", StringComparison.Ordinal) ? b[..200] : b), ("GD-3-6", Metadata("演示政务服务系统 1.0", " ")),
        ("GD-2-5", (p, b) => p.StartsWith("管理", StringComparison.Ordinal) ? Replaced(b, "<process_code>3", "<process_code>9") : b),
        ("GD-1-10", (p, b) => p.EndsWith("受理通知书.ofd", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF") : b), ("GD-3-4", (p, b) => p.EndsWith("受理通知书.ofd", StringComparison.Ordinal) ? [] : b),
        ("GD-3-3", (p, b) => p.EndsWith("受理通知书.ofd", StringComparison.Ordinal) ? [0x4D, 0x5A, 0, 0] : b), ("GD-3-4", (p, b) => p.EndsWith("受理通知书.ofd", StringComparison.Ordinal) ? b[..^100] : b),
        ("GD-4-2", (p, b) => p.Contains("材料1", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")) : b),
    ];

    private static Func<string, byte[], byte[]?> Metadata(string from, string to) => (path, bytes) => path.StartsWith("基本", StringComparison.Ordinal) ? Replaced(bytes, from, to) : bytes;

    private static byte[] Replaced(byte[] bytes, string from, string to)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        return Encoding.UTF8.GetBytes(changed);
    }

    private static byte[] Changed(byte[] package, Func<string, byte[], byte[]?> change)
    {
        using var target = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(package), ZipArchiveMode.Read))
        using (var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                if (change(entry.FullName, bytes.ToArray()) is { } changed)
                {
                    using var written = to.CreateEntry(entry.FullName).Open();
                    written.Write(changed);
                }
            }
        }

        return target.ToArray();
    }

    private static (string Status, string Items) Verdict(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        return (root.GetProperty("status").GetString()!, string.Join('，', root.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("result").GetString() == "不通过").Select(i => i.GetProperty("item").GetString())));
    }
}
