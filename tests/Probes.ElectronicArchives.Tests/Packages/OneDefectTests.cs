using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>The checker itself is tested: every planted defect is seen at its item, and clean packages are left in peace.</summary>
public sealed class OneDefectTests
{
    public static TheoryData<string> Defects => [.. PackageDefects.All.Select(d => d.Id)];

    [Fact]
    public void There_are_enough_of_them_each_with_an_id_of_its_own()
    {
        Assert.True(PackageDefects.All.Count >= 40, $"{PackageDefects.All.Count}");
        Assert.Equal(PackageDefects.All.Count, PackageDefects.All.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.True(PackageDefects.All.Select(d => d.Item).Distinct(StringComparer.Ordinal).Count() >= 23);
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_is_seen_at_its_item_and_there_alone(string id)
    {
        var defect = PackageDefects.All.First(d => d.Id == id);
        using var folder = new TemporaryFolder();
        var batch = SampleBatch.Of(3);
        defect.Plant(batch);
        DraftWriter.Write(batch, folder.Path);
        var (outcome, _) = await Archiving.SeenAsync(Archiving.Target(folder.Path));
        var record = Archiving.Read(outcome);
        var named = record.Items.Where(i => i.DifferenceCount > 0).Select(i => i.Id).ToList();
        var own = record.Items.First(i => i.Id == defect.Item);
        Assert.True(defect.IsRemark ? own.Remarks.Count > 0 : named.Contains(defect.Item), $"{id} {defect.Title}: not seen at {defect.Item}, seen at {string.Join(' ', named)}\n{Archiving.Told(record)}");
        var others = named.Except([defect.Item, .. defect.Companions]).ToList();
        Assert.True(others.Count == 0, $"{id} {defect.Title}: also at {string.Join(' ', others)}\n{Archiving.Told(record)}");
        Assert.Equal(defect.IsRemark ? Verdict.Partial : Verdict.NotSatisfied, Archiving.Judged(outcome)[$"DAT70-{defect.Item}"]);
        Assert.Equal(3, record.Packages);
    }
}
