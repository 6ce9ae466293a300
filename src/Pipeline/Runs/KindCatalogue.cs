using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What rulesets may observe, taken from the probes themselves.</summary>
public static class KindCatalogue
{
    public static IReadOnlyDictionary<string, ObservationKind> Of(ProbeCatalogue probes) =>
        probes.Probes.ToDictionary(p => p.Manifest.Id, p => Of(p.Manifest), StringComparer.Ordinal);

    private static ObservationKind Of(ProbeManifest manifest) =>
        new(manifest.Id, TargetKind(manifest.Needs), new RecordSchema(manifest.Observes)) { Samples = manifest.Samples, IsSelfReport = manifest.IsSelfReport, Labels = FieldLabel.Of(manifest.Observes) };

    private static string TargetKind(Type target) =>
        target == typeof(Endpoint) ? "endpoint"
        : target == typeof(Host) ? "host"
        : target == typeof(SourceTree) ? "source-tree"
        : target == typeof(ArchivePackage) ? "archive-package"
        : target == typeof(CryptoSample) ? "crypto-sample"
        : target == typeof(Document) ? "document"
        : target == typeof(ExposedHost) ? "exposure"
        : target == typeof(ImportedReport) ? "import"
        : "web-flow";
}
