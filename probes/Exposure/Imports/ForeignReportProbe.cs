using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Reads the report of another tool. The file itself stays where it is: it may hold much that belongs in no pack.</summary>
public sealed class ForeignReportProbe : Probe<ImportedReport, ForeignReport>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "imports.report",
        Pillar = Pillar.ClassifiedProtection,
        Title = "外部工具的报告",
        Question = "另一个工具对这台主机说了什么？",
        Needs = typeof(ImportedReport),
        Observes = typeof(ForeignReport),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Version = "1",
    };

    public override NotNeeded? Spares(Target target) => target is ImportedReport { Tool: ForeignTool.Sarif } ? new NotNeeded("源代码扫描器的结果由代码安全的探测读取") : null;

    protected override Task<ProbeOutcome> ObserveAsync(ImportedReport target, ProbeContext context, CancellationToken cancellationToken)
    {
        var bytes = Bytes(target.Path);
        var record = target.Tool switch
        {
            ForeignTool.Lynis => LynisReport.Read(bytes),
            ForeignTool.OpenScap => XccdfResults.Read(bytes, cancellationToken),
            _ => NmapReport.Read(bytes, cancellationToken),
        };
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record));
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, BoundedXml.SizeCap);
            return bytes.Length <= BoundedXml.SizeCap ? bytes : throw new UnableException(FailureKind.BadInput, $"{Path.GetFileName(path)} 超过 {BoundedXml.SizeCap / 1024 / 1024} MiB，未读");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(unreadable is UnauthorizedAccessException ? FailureKind.AccessDenied : FailureKind.BadInput, $"{Path.GetFileName(path)} 读不了：{unreadable.Message}", unreadable);
        }
    }
}
