using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>The manifest left as evidence is a bag once what was handed in lies under data/, for tools that are not this one too.</summary>
public sealed class FixityBagTests
{
    private const string Odd = "50% 的\n说明.txt";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_handed_in_and_its_manifest_are_a_bag(bool isZipped)
    {
        using var folder = new TemporaryFolder();
        var handed = Directory.CreateDirectory(folder.File("批次")).FullName;
        DraftWriter.Write(SampleBatch.Of(2, isZipped: isZipped), handed);
        File.WriteAllText(Path.Combine(handed, "附言.txt"), "随批次交来");
        if (!isZipped && !OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(Directory.GetDirectories(handed)[0], Odd), "名字少见");
        }

        var bag = await LaidOutAsync(handed, folder.File("袋"));
        Assert.Contains("Payload-Oxum:", File.ReadAllText(Path.Combine(bag, "bag-info.txt")), StringComparison.Ordinal);
        Assert.Equal(["manifest-sha256.txt", "manifest-sm3.txt"], Directory.GetFiles(bag, "manifest-*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var record = await Archiving.RecordAsync(Archiving.Target(bag, "p-bagit"));
        Assert.True(record.Fixity is { Agrees: { IsKnown: true, Value: true }, DifferenceCount: 0 } && record.PackageContents.DifferenceCount == 0 && record.FileReferences.DifferenceCount == 0, Archiving.Told(record));
        Assert.True(Sha256Sum(bag), "sha256sum -c");

        var file = Directory.GetFiles(Path.Combine(bag, "data"), "*", SearchOption.AllDirectories).Where(f => !f.Contains('%', StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(file);
        bytes[0] ^= 1;
        File.WriteAllBytes(file, bytes);
        var changed = await Archiving.RecordAsync(Archiving.Target(bag, "p-bagit"));
        Assert.True(changed.Fixity is { Agrees: { IsKnown: true, Value: false }, DifferenceCount: 2 }, Archiving.Told(changed));
        Assert.True(!Sha256Sum(bag) || RequiredTool.IsMissing("sha256sum"), "sha256sum -c");
    }

    [Fact]
    public async Task A_folder_that_is_one_package_is_laid_out_as_it_is()
    {
        using var folder = new TemporaryFolder();
        DraftWriter.Write(SampleBatch.Of(1, isZipped: false), Directory.CreateDirectory(folder.File("批次")).FullName);
        var one = Directory.GetDirectories(folder.File("批次"))[0];
        var bag = await LaidOutAsync(one, folder.File("袋"));
        var record = await Archiving.RecordAsync(Archiving.Target(bag, "p-bagit"));
        Assert.True(record.Fixity is { Agrees: { IsKnown: true, Value: true } } && record.FileReferences.DifferenceCount == 0, Archiving.Told(record));
    }

    [SkippableFact]
    public async Task What_was_not_read_makes_the_bag_say_that_it_is_not_complete()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        var handed = Directory.CreateDirectory(folder.File("批次")).FullName;
        DraftWriter.Write(SampleBatch.Of(1), handed);
        File.CreateSymbolicLink(Path.Combine(handed, "别处.zip"), "/etc/hostname");
        var (_, evidence) = await Archiving.SeenAsync(Archiving.Target(handed));
        var information = System.Text.Encoding.UTF8.GetString(evidence.Files.Single(f => f.Key.EndsWith("bag-info.txt", StringComparison.Ordinal)).Value);
        Assert.Contains("清单不完整", information, StringComparison.Ordinal);
        Assert.DoesNotContain("Payload-Oxum", information, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_file_without_digests_is_said_to_be_missing()
    {
        var batch = new BatchReading { Profile = null!, Scheme = null, Packages = [new PackageReading { Name = "甲.zip", FileBytes = 5 }], Now = new DateTime(2026, 3, 2) };
        var information = FixityBag.Of(batch).Single(f => f.Name == "bag-info.txt").Text;
        Assert.Contains("甲.zip 没有读到底", information, StringComparison.Ordinal);
        Assert.DoesNotContain("Payload-Oxum", information, StringComparison.Ordinal);
    }

    private static async Task<string> LaidOutAsync(string handed, string bag)
    {
        var (_, evidence) = await Archiving.SeenAsync(Archiving.Target(handed));
        var data = Directory.CreateDirectory(Path.Combine(bag, "data")).FullName;
        foreach (var file in Directory.GetFiles(handed, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(data, Path.GetRelativePath(handed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        foreach (var (path, bytes) in evidence.Files.Where(f => Path.GetFileName(f.Key) is "bagit.txt" or "bag-info.txt" or "manifest-sha256.txt" or "manifest-sm3.txt"))
        {
            File.WriteAllBytes(Path.Combine(bag, Path.GetFileName(path)), bytes);
        }

        return bag;
    }

    /// <summary>True where the tool is missing, or agrees on every line; it knows nothing of escaped names, so those are left out.</summary>
    private static bool Sha256Sum(string bag)
    {
        if (RequiredTool.IsMissing("sha256sum"))
        {
            return true;
        }

        var plain = Path.Combine(bag, "plain.sha256");
        File.WriteAllLines(plain, File.ReadAllLines(Path.Combine(bag, "manifest-sha256.txt")).Where(l => !l.Contains('%', StringComparison.Ordinal)));
        using var run = Process.Start(new ProcessStartInfo("sha256sum", ["--quiet", "--strict", "-c", "plain.sha256"]) { WorkingDirectory = bag, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        run.WaitForExit();
        File.Delete(plain);
        return run.ExitCode == 0;
    }
}
