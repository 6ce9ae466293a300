namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>取证脚本 · one POSIX sh script that reads a host and writes a bundle. It comes with this assembly and is the same for every way of looking.</summary>
public static class Collector
{
    /// <summary>First line of <c>format.txt</c> of a bundle.</summary>
    public const string Format = "securitycheck-host-bundle 2";

    private static readonly Lazy<string> Text = new(() =>
        Resource("collect.sh").Replace("@kept-keys.txt@\n", Resource("kept-keys.txt"), StringComparison.Ordinal).Replace("@blacken.awk@\n", Resource("blacken.awk"), StringComparison.Ordinal));

    /// <summary>UTF-8 text with LF.</summary>
    public static string Script => Text.Value;

    /// <summary>Kind and pattern of what it reads, in its order: <c>text /etc/login.defs</c>.</summary>
    public static IReadOnlyList<(string Kind, string Pattern)> Files { get; } =
        [.. Block("files() {").Select(l => l.Split(' ', 2)).Select(p => (p[0], p[1]))];

    /// <summary>Name and command line of what it runs.</summary>
    public static IReadOnlyList<(string Name, string Line)> Commands { get; } =
        [.. Block("commands() {").Select(l => l.Split(' ', 2)).Select(p => (p[0], p[1]))];

    /// <summary>Keys whose values stay, by kind; lower case. Of every other key the value is blackened, on the host and where a tree is read.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Kept { get; } =
        Block("kept() {").Select(l => l.Split(' ')).ToDictionary(w => w[0], w => (IReadOnlySet<string>)w.Skip(1).Select(k => k.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Collector).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> Block(string begin)
    {
        var lines = Script.Split('\n').SkipWhile(l => l != begin).SkipWhile(l => !l.EndsWith("<<'LIST'", StringComparison.Ordinal)).Skip(1);
        return lines.TakeWhile(l => l != "LIST");
    }
}
