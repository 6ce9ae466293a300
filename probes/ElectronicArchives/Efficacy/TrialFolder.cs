using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Where samples are written to be looked at before they count; gone when disposed.</summary>
internal sealed class TrialFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("archive-trial-");
    private int _count;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>Items with differences: number, title and the first difference.</returns>
    public IReadOnlyList<string> Look(DraftBatch draft, PackageDefect? defect, PackageProfile profile, MetadataScheme? scheme, DateOnly today, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var own = _folder.CreateSubdirectory(FormattableString.Invariant($"{_count++}")).FullName;
        defect?.Plant(draft);
        DraftWriter.Write(draft, own);
        var batch = BatchReader.Read(new ArchivePackage { Id = "trial", Path = own }, profile, scheme, today.ToDateTime(TimeOnly.MinValue).AddDays(1), stop);
        var scan = new VirusScan();
        scan.Look(batch);
        return [.. ItemComparing.Of(batch, scan, ArchiveStage.Archiving).Items.Where(i => i.DifferenceCount > 0).Select(i => $"{i.Id} {i.Title}（{i.Differences[0].Note}）")];
    }
}
