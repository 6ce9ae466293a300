using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>A false alarm costs more trust than a missed defect.</summary>
public sealed class CleanPackageTests
{
    private static readonly string[] ByPeopleOrOthers = ["3-2", "3-7", "4-1", "4-2", "4-4", "4-5", "4-6", "4-7"];

    [Theory]
    [InlineData(ArchiveStage.Archiving, false)]
    [InlineData(ArchiveStage.Transfer, true)]
    [InlineData(ArchiveStage.Preservation, false)]
    public async Task Zipped_packages_with_their_list_are_compared_whole(ArchiveStage stage, bool gbk)
    {
        using var folder = new TemporaryFolder();
        DraftWriter.Write(SampleBatch.Of(4, gbk: gbk), folder.Path);
        var (outcome, evidence) = await Archiving.SeenAsync(Archiving.Target(folder.Path, stage: stage));
        var record = Archiving.Read(outcome);
        AssertClean(record);
        var open = record.Items.Where(i => i.IsOfStage.Value && i.Agrees is not { IsKnown: true, Value: true }).Select(i => i.Id).ToList();
        Assert.True(!open.Except(ByPeopleOrOthers).Any(), string.Join(' ', open) + "\n" + Archiving.Told(record));
        var verdicts = Archiving.Judged(outcome);
        Assert.Equal(40, verdicts.Count);
        Assert.All(record.Items, i => Assert.Equal(
            !i.IsOfStage.Value ? Verdict.NotApplicable : ByPeopleOrOthers.Contains(i.Id, StringComparer.Ordinal) ? Verdict.NeedsReview : Verdict.Satisfied, verdicts[$"DAT70-{i.Id}"]));
        Assert.Equal(1 + 4 + record.Files, evidence.Files.Single(f => f.Key.EndsWith("fixity.csv", StringComparison.Ordinal)).Value.Count(b => b == '\n'));
    }

    [Fact]
    public async Task Folders_and_a_csv_register_in_gbk()
    {
        using var folder = new TemporaryFolder();
        var batch = SampleBatch.Of(3, isZipped: false);
        DraftWriter.Write(new DraftBatch { Packages = batch.Packages, Head = batch.Head, IsZipped = false, HasTransferList = false }, folder.Path);
        var bytes = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        File.WriteAllBytes(folder.File("登记表.csv"), System.Text.Encoding.GetEncoding("GB18030").GetBytes($"归档登记表,\"样例区,审批局\"\n总件数：,3\n总字节数（字节）,{bytes}\n"));
        var record = await Archiving.RecordAsync(Archiving.Target(folder.Path, register: folder.File("登记表.csv")));
        AssertClean(record);
        Assert.All(new[] { record.TotalCount, record.TotalBytes, record.FileReferences, record.Fixity }, i => Assert.True(i.Agrees.Value, i.Title));
        Assert.False(record.PackageDigest.Agrees.IsKnown);
    }

    internal static void AssertClean(ArchivePackageRecord record)
    {
        Assert.True(record.Items.All(i => i.DifferenceCount == 0) && record.Problems.Count == 0, Archiving.Told(record));
    }
}
