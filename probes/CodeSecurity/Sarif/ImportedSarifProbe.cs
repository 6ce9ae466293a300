using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads the SARIF of another scanner. The file itself stays where it is: its snippets may hold secrets.</summary>
public sealed class ImportedSarifProbe : Probe<ImportedReport, ImportedSarif>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.imported-sarif",
        Pillar = Pillar.CodeSecurity,
        Title = "其他扫描器的代码缺陷",
        Question = "另一个源代码扫描器报告了哪些缺陷？",
        Needs = typeof(ImportedReport),
        Observes = typeof(ImportedSarif),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(120),
        Version = "1",
    };

    public override NotNeeded? Spares(Target target) => target is ImportedReport { Tool: not ForeignTool.Sarif } ? new NotNeeded("不是源代码扫描器的结果") : null;

    protected override Task<ProbeOutcome> ObserveAsync(ImportedReport target, ProbeContext context, CancellationToken cancellationToken)
    {
        var bytes = Bytes(target.Path);
        var record = SarifReading.Read(bytes, context.Tables.Engines, DefectStates.Of(target, context), cancellationToken);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "imported-sarif.json", "application/json", ObservationJson.ToFile(record), $"从 {Path.GetFileName(target.Path)} 读出的缺陷，秘密已遮盖；原文件 {bytes.Length} 字节，SM3 {Convert.ToHexStringLower(Sm3.HashData(bytes))}"));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, evidence));
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return RegularFile.Read(path, SarifDocument.SizeCap);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(unreadable is UnauthorizedAccessException ? FailureKind.AccessDenied : FailureKind.BadInput, $"{Path.GetFileName(path)} 读不了：{unreadable.Message}", unreadable);
        }
    }
}
