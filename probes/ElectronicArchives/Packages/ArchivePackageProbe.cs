using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads packages in place and compares what DA/T 70-2018 asks for. Nothing is unpacked to disk, nothing executed.</summary>
public sealed class ArchivePackageProbe : Probe<ArchivePackage, ArchivePackageRecord>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "archives.package",
        Pillar = Pillar.ElectronicArchives,
        Title = "归档信息包（四性检测）",
        Question = "信息包里的元数据、文件与清单是否彼此相符，内容是否完整可读？",
        Needs = typeof(ArchivePackage),
        Observes = typeof(ArchivePackageRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(60),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(ArchivePackage target, ProbeContext context, CancellationToken cancellationToken)
    {
        var (profile, scheme) = ArchiveChoices.Of(target, context.Tables);
        var batch = BatchReader.Read(target, profile, scheme, BeijingTime.ClockOf(context.Clock.GetUtcNow()), cancellationToken);
        var scan = await VirusScan.OfAsync(target.Path, context.Tools, context.Clock.GetUtcNow(), cancellationToken);
        scan.Look(batch);
        var record = ItemComparing.Of(batch, scan, target.Stage) with { Detection = DetectionFinding.Of(target, cancellationToken) };
        var manifest = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "fixity.csv", "text/csv", Encoding.UTF8.GetBytes(FixityManifest.Of(batch)), "固化清单：每个文件的字节数、SM3 与 SHA-256"));
        var bag = FixityBag.Of(batch).Select(f => context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, f.Name, "text/plain", Encoding.UTF8.GetBytes(f.Text), f.Title)));
        var items = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "items.txt", "text/plain", Encoding.UTF8.GetBytes(ItemTable.Of(record)), "四性检测 40 项：比对的两个值、次数与出入"));
        return Saw(target, context, record, [manifest, .. bag, items]);
    }
}
