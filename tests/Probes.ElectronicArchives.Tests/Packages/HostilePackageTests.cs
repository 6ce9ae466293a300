using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Whatever one package is, it is named, the others are read, and nothing is written.</summary>
public sealed class HostilePackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_goes_on_behind_every_kind_of_trouble()
    {
        DraftWriter.Write(SampleBatch.Of(2), _folder.Path);
        File.WriteAllBytes(_folder.File("空.zip"), []);
        File.WriteAllBytes(_folder.File("文本.zip"), SampleContents.Utf8("不是压缩包"));
        File.WriteAllBytes(_folder.File("无元数据.zip"), SampleContents.Zip([("a.txt", SampleContents.Utf8("甲"))], Encoding.UTF8));
        File.WriteAllBytes(_folder.File("越界.zip"), SampleContents.Zip([("../../越界.txt", SampleContents.Utf8("甲")), ("基本信息元数据.xml", Bomb())], Encoding.UTF8));
        Directory.CreateDirectory(_folder.File("空目录"));
        Directory.CreateSymbolicLink(_folder.File("链接"), "/etc");
        Directory.CreateDirectory(_folder.File("带链接"));
        File.CreateSymbolicLink(Path.Combine(_folder.File("带链接"), "基本信息元数据.xml"), "/etc/hostname");
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Length;
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.Path));
        Assert.Equal(8, record.Packages);
        Assert.True(record.Problems.Count >= 4, string.Join('\n', record.Problems));
        Assert.True(record.MetadataReadability.DifferenceCount >= 1, Archiving.Told(record));
        Assert.Contains(record.FolderStructure.Differences, d => d.Note.Contains("越出", StringComparison.Ordinal));
        Assert.DoesNotContain(record.Items, i => i.Agrees is { IsKnown: true, Value: true } && i.Id is "2-3" or "1-11" or "3-1");
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Length);
    }

    [Fact]
    public async Task Many_entries_are_bounded()
    {
        File.WriteAllBytes(_folder.File("多.zip"), SampleContents.Zip(Enumerable.Range(0, 100_001).Select(i => ($"a/{i}", Array.Empty<byte>())), Encoding.UTF8));
        var clock = Stopwatch.StartNew();
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("多.zip")));
        Assert.Contains(record.PackageFormats.Differences, d => d.Note.Contains("条目过多", StringComparison.Ordinal));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_metadata_of_a_hundred_thousand_files_is_compared_in_time()
    {
        var list = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<file><computer_file_name>{i}.txt</computer_file_name><computer_file_size>1</computer_file_size></file>"));
        Directory.CreateDirectory(_folder.File("件"));
        File.WriteAllText(Path.Combine(_folder.File("件"), "基本信息元数据.xml"), $"<base_info><fileset><folder title=\"申报文件\">{list}</folder></fileset></base_info>");
        var clock = Stopwatch.StartNew();
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("件")));
        Assert.Equal(100_000, record.FileReferences.DifferenceCount);
        Assert.Equal(ItemTally.ShownDifferences, record.FileReferences.Differences.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Mangled_packages_never_end_in_a_bug()
    {
        var random = new SeededBytes(7);
        using var source = new TemporaryFolder();
        DraftWriter.Write(SampleBatch.Of(1), source.Path);
        var seeds = new[] { File.ReadAllBytes(Directory.GetFiles(source.Path, "*.zip")[0]), File.ReadAllBytes(source.File("移交目录.xml")), DraftWriter.Xml(SampleEep.Of(1)) };
        for (var i = 0; i < 120; i++)
        {
            var bytes = random.Mutate(seeds[i % 3]);
            using var folder = new TemporaryFolder();
            File.WriteAllBytes(folder.File(i % 3 == 0 ? "SP202600000001.zip" : i % 3 == 1 ? "移交目录.xml" : "1.eep"), bytes);
            var record = await Archiving.RecordAsync(Archiving.Target(folder.Path, i % 3 == 2 ? "p-eep" : "p-zwfw"));
            Assert.Equal(40, record.Items.Count);
        }
    }

    [Fact]
    public async Task An_unknown_profile_is_named_with_those_there_are()
    {
        var evidence = new KeptEvidence();
        var target = Archiving.Target(_folder.Path, "p-none");
        var outcome = Assert.IsType<Unable>(await new ArchivePackageProbe().ObserveAsync(target, ProbeContexts.For(evidence, target), CancellationToken.None));
        Assert.Equal(FailureKind.BadInput, outcome.Kind);
        Assert.Contains("p-none", outcome.Message, StringComparison.Ordinal);
    }

    private static byte[] Bomb() => SampleContents.Utf8("<!DOCTYPE b [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><base_info>&c;</base_info>");
}
