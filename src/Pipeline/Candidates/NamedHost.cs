using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A host that is named on a command line instead of in candidate.yaml; the same reader judges both.</summary>
public static class NamedHost
{
    private const string Place = "命令行";

    /// <param name="keys">Keys of an entry of <c>hosts:</c> and their values; relative paths start at the current folder.</param>
    /// <param name="number">From 1, unique within the command line.</param>
    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static Host Read(IReadOnlyList<(string Key, string Value)> keys, int number)
    {
        var faults = new FaultList();
        var folder = Directory.GetCurrentDirectory();
        var trust = new TrustReader(folder, CandidateReading.ForRun, faults);
        var targets = new TargetReader(folder, CandidateReading.ForRun, faults, new SecretReader(folder, CandidateReading.ForRun, faults), trust, TrustMaterial.None);
        List<KeyValuePair<YamlScalar, YamlValue>> entries =
        [
            Entry(1, "id", $"host-{number}"), Entry(2, "title", keys[0].Key == "local" ? "本机" : keys[0].Value),
            .. keys.Select((k, i) => Entry(i + 3, k.Key, k.Value)),
        ];
        var host = targets.Host(new MappingReader(new YamlMapping(new SourcePosition(Place, 1, 0), entries), faults));
        faults.ThrowIfAny();
        return host!;
    }

    private static KeyValuePair<YamlScalar, YamlValue> Entry(int at, string key, string value) =>
        new(Scalar(at, key), key == "databases" ? new YamlSequence(new SourcePosition(Place, 1, at), [Scalar(at, value)]) : new YamlScalar(new SourcePosition(Place, 1, at), value, isQuoted: key != "local"));

    private static YamlScalar Scalar(int at, string text) => new(new SourcePosition(Place, 1, at), text, isQuoted: true);
}
