using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class OfdFilesProbeTests
{
    [Fact]
    public async Task A_folder_a_package_and_a_package_in_it_are_searched()
    {
        using var folder = new TemporaryFolder();
        var ofd = new OfdForge().Sign().ToBytes();
        await File.WriteAllBytesAsync(folder.File("a.ofd"), ofd);
        await File.WriteAllBytesAsync(folder.File("b.OFD"), new OfdForge().Sign().Replace("Doc_0/Pages/Page_0/Content.xml", "准予", "不予").ToBytes());
        await File.WriteAllBytesAsync(folder.File("broken.ofd"), "PK no"u8.ToArray());
        await File.WriteAllTextAsync(folder.File("note.txt"), "说明");
        var inner = new ZipForge();
        inner.Add("结果文件/c.ofd", ofd);
        inner.Add("结果文件/named-otherwise.bin", ofd);
        inner.Add("结果文件/d.pdf", "%PDF-1.7 a text that is long enough");
        await File.WriteAllBytesAsync(folder.File("package.zip"), inner.ToBytes());
        var root = folder.Write("root.pem", SealWorkshop.Shared.Root.Pem);
        var (record, kept) = await LookAsync(folder.Path, root);
        Assert.Equal(
            [("a.ofd", OfdAnswer.Intact), ("b.OFD", OfdAnswer.Tampered), ("broken.ofd", OfdAnswer.StructureError), ("package.zip/结果文件/c.ofd", OfdAnswer.Intact), ("package.zip/结果文件/named-otherwise.bin", OfdAnswer.Intact)],
            record.Files.Value.Select(f => (f.File, f.Answer)));
        Assert.Empty(record.Untrusted);
        Assert.Single(record.Tampered);
        Assert.Equal(4, record.StageTension.Count);
        Assert.Contains(kept.Files, f => f.Key.EndsWith(".svg", StringComparison.Ordinal) && Encoding.UTF8.GetString(f.Value).Contains("签章", StringComparison.Ordinal));
        Assert.Contains("制章者对印章的签名：一致", Encoding.UTF8.GetString(kept.Files.First(f => f.Key.EndsWith("ofd-files.txt", StringComparison.Ordinal)).Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_is_a_target_and_roots_that_are_none_are_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("a.ofd"), new OfdForge().Sign().ToBytes());
        var (record, _) = await LookAsync(folder.File("a.ofd"));
        Assert.Equal("a.ofd", Assert.Single(record.Files.Value).File);
        Assert.Equal(["a.ofd（未配置信任根）"], record.Untrusted);
        var target = Target(folder.File("a.ofd"), folder.Write("root.pem", "none"));
        Assert.IsType<Unable>(await new OfdFilesProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
    }

    [Fact]
    public async Task A_package_without_such_files_is_asked_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("note.txt", "说明");
        var target = Target(folder.Path);
        Assert.IsType<NotNeeded>(await new OfdFilesProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
    }

    [Fact]
    public async Task What_cannot_be_opened_may_hold_such_files()
    {
        var ofd = new OfdForge().Sign().ToBytes();
        var locked = new ZipForge();
        locked.Add("a.zip", ZipForge.Clean(("b.ofd", "a text that is long enough"))).Flags |= 1;
        await RemarkedAsync("locked.zip", locked.ToBytes(), "a.zip");
        var torn = new ZipForge();
        torn.Add("c.bin", ofd[..^200]);
        await RemarkedAsync("torn.zip", torn.ToBytes(), "c.bin");
        var counted = new ZipForge { DeclaredEntries = 7 };
        counted.Add("note.txt", "a text that is long enough");
        await RemarkedAsync("counted.zip", counted.ToBytes(), "目录结束记录");
        await RemarkedAsync("package.eep", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><电子文件封装包/>"u8.ToArray(), "Base64");
        await RemarkedAsync("package.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><电子文件封装包/>"u8.ToArray(), "Base64");
    }

    [Fact]
    public async Task A_link_in_a_folder_may_lead_to_such_files()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        folder.Write("in/note.txt", "说明");
        Directory.CreateSymbolicLink(folder.File("in/more"), "/");
        var (record, _) = await LookAsync(folder.File("in"));
        Assert.False(record.Files.IsKnown);
        Assert.Contains(record.Remarks, r => r.Contains("more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_encapsulated_package_is_not_looked_into_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.eep", "<电子文件封装包/>");
        var target = Target(folder.File("a.eep"));
        var outcome = Assert.IsType<Unable>(await new OfdFilesProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None));
        Assert.Contains("Base64", outcome.ToString(), StringComparison.Ordinal);
    }

    private static async Task RemarkedAsync(string name, byte[] content, string remark)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File(name), content);
        var (record, _) = await LookAsync(folder.Path);
        Assert.False(record.Files.IsKnown);
        Assert.False(record.FileCount.IsKnown);
        Assert.Contains(record.Remarks, r => r.Contains(remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_of_the_rules_is_judged_as_it_says()
    {
        var rules = OfdRules.Read();
        Assert.Empty(ExampleVerification.Verify(rules).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));
        Assert.Equal(rules.Select((_, i) => $"OFD-{i + 1:D2}"), rules.Select(r => r.Id));
    }

    private static ArchivePackage Target(string path, params IReadOnlyList<string> roots) => new() { Id = "package", Path = path, TrustRoots = roots };

    private static async Task<(OfdFilesRecord Record, KeptEvidence Kept)> LookAsync(string path, params IReadOnlyList<string> roots)
    {
        var (target, kept) = (Target(path, roots), new KeptEvidence());
        var outcome = await new OfdFilesProbe().ObserveAsync(target, ProbeContexts.For(kept, target), CancellationToken.None);
        var seen = Assert.Single(Assert.IsType<Observed>(outcome).Observations);
        return (System.Text.Json.JsonSerializer.Deserialize<OfdFilesRecord>(seen.Data, ObservationJson.Compact)!, kept);
    }
}

/// <summary>The rules about OFD files, as they stand in the repository.</summary>
internal static class OfdRules
{
    public static IReadOnlyList<Requirement> Read()
    {
        var root = typeof(OfdRules).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false).Cast<System.Reflection.AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var faults = new Judging.FaultList();
        var rules = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(OfdFilesProbe).Assembly)), faults).Read("ofd.yaml", File.ReadAllBytes(Path.Combine(root, "rulesets", "electronic-archives", "ofd.yaml")));
        faults.ThrowIfAny();
        return rules!.Requirements;
    }
}
