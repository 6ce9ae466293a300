using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A cryptographic sample that is named on a command line instead of in candidate.yaml; the same reader judges both.</summary>
public static class NamedSample
{
    private const string Place = "命令行";

    /// <param name="form">Its kind.</param>
    /// <param name="path">A file or folder; relative ones start at the current folder.</param>
    /// <param name="number">From 1, unique within the command line.</param>
    /// <param name="settings"><c>name=value</c> each; secrets as <c>name=env:NAME</c> or <c>name=file:PATH</c>.</param>
    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static CryptoSample Read(CryptoSampleForm form, string path, int number, IReadOnlyList<string> settings)
    {
        var faults = new FaultList();
        List<KeyValuePair<YamlScalar, YamlValue>> entries = [Entry(1, "id", Id(path, number)), Entry(1, "title", path), Entry(1, "sampleKind", form.Word), Entry(1, "path", path)];
        if (settings.Count > 0)
        {
            var pairs = settings.Select((s, i) => (Text: s, At: i + 1)).ToList();
            foreach (var (text, at) in pairs.Where(p => p.Text.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                faults.Add(new SourcePosition(Place, 1, at), $"--set {text} 不对", "名称=值", form.Settings.Count > 0 ? $"--set {form.Settings[0].Name}={form.Settings[0].Example}" : null);
            }

            faults.ThrowIfAny();
            entries.Add(new(Scalar(1, "settings"), new YamlMapping(
                new SourcePosition(Place, 1, 1),
                [.. pairs.DistinctBy(p => Name(p.Text), StringComparer.Ordinal).Select(p => Entry(p.At, Name(p.Text), p.Text[(p.Text.IndexOf('=', StringComparison.Ordinal) + 1)..]))])));
        }

        var folder = Directory.GetCurrentDirectory();
        var secrets = new SecretReader(folder, CandidateReading.ForRun, faults);
        var targets = new TargetReader(folder, CandidateReading.ForRun, faults, secrets, new TrustReader(folder, CandidateReading.ForRun, faults), TrustMaterial.None);
        var sample = targets.CryptoSample(new MappingReader(new YamlMapping(new SourcePosition(Place, 1, 1), entries), faults));
        faults.ThrowIfAny();
        return sample!;
    }

    private static string Name(string pair) => pair[..pair.IndexOf('=', StringComparison.Ordinal)];

    private static string Id(string path, int number)
    {
        var name = new string([.. Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]).Trim('-');
        return $"{number}{(name.Length == 0 ? "" : $"-{name[..Math.Min(name.Length, 40)]}")}";
    }

    private static KeyValuePair<YamlScalar, YamlValue> Entry(int at, string key, string value) => new(Scalar(at, key), Scalar(at, value));

    private static YamlScalar Scalar(int at, string text) => new(new SourcePosition(Place, 1, at), text, isQuoted: true);
}
