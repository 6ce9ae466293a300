using System.Reflection;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The tables that come with the tool.</summary>
internal static class Tables
{
    public static string RepositoryRoot { get; } = typeof(Tables).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<SecretTable> Secrets { get; } = [.. Files("secrets").Select(f => Read(f, faults => new SecretTableReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))))];

    public static IReadOnlyList<KnownFlawTable> KnownFlaws { get; } = [.. Files("known-flaws").Select(f => Read(f, faults => new KnownFlawReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))))];

    public static IReadOnlyList<LicenceTable> Licences { get; } = [.. Files("licences").Select(f => Read(f, faults => new LicenceReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))))];

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(RepositoryRoot, "rulesets", "code-security", folder), "*.yaml").Order(StringComparer.Ordinal);

    private static T Read<T>(string file, Func<FaultList, T?> read)
        where T : class
    {
        var faults = new FaultList();
        var table = read(faults);
        faults.ThrowIfAny();
        return table ?? throw new InvalidDataException(file);
    }
}
