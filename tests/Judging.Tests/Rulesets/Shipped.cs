using System.Reflection;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ClassifiedProtection;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Probes.CommercialCrypto;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probes.Exposure;
using SmartCity.SecurityCheck.Probes.Materials;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The rulesets of this repository, with the kinds of the probes they were written for.</summary>
internal static class Shipped
{
    public static string Folder { get; } = Path.Combine(
        typeof(Shipped).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets");

    public static IReadOnlyDictionary<string, ObservationKind> Kinds { get; } = KindCatalogue.Of(ProbeCatalogue.Of(typeof(ProtocolVersionsProbe).Assembly, typeof(SampleFiles).Assembly, typeof(Collector).Assembly, typeof(PortScanProbe).Assembly, typeof(CodeDefect).Assembly, typeof(ArchivePackageProbe).Assembly, typeof(PaperFilesProbe).Assembly));

    public static string File(string name) => Path.Combine(Folder, name);
}
