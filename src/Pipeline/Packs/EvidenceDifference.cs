using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>The evidence an observation names, held against the files of the pack.</summary>
internal static class EvidenceDifference
{
    public static PackContradicts? Of(EvidencePack pack, IReadOnlyList<PackedFile> files)
    {
        var byPath = files.Where(f => f.Path.StartsWith($"{PackLayout.Evidence}/", StringComparison.Ordinal)).ToDictionary(f => f.Path, StringComparer.Ordinal);
        return pack.Outcomes
            .Where(r => r.Outcome is Observed)
            .SelectMany(r => ((Observed)r.Outcome).Observations, (record, observation) => (Record: record, Observation: observation))
            .SelectMany(o => o.Observation.Evidence, (o, evidence) => Of(o.Record, evidence, byPath.GetValueOrDefault(evidence.RelativePath)))
            .FirstOrDefault(d => d is not null);
    }

    private static PackContradicts? Of(ProbeRecord record, Evidence evidence, PackedFile? file)
    {
        var said = $"观测 {record.ProbeId}（{record.TargetId}）所记的证据 {evidence.RelativePath} ";
        return file is null ? new PackContradicts(evidence.RelativePath, $"{said}不在包内 {PackLayout.Evidence}/ 下")
            : file.Sha256 != evidence.Sha256 || file.Sm3 != evidence.Sm3 || file.Bytes != evidence.Bytes
                ? new PackContradicts(evidence.RelativePath, $"{said}不是这个文件：观测时 SHA-256 为 {evidence.Sha256}，包里的是 {file.Sha256}")
            : null;
    }
}
