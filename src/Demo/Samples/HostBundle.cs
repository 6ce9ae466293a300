using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>
/// The application server of the sample system as the collector would have brought it back: made out of a text that names files, modes
/// and what commands said.
/// </summary>
internal static class HostBundle
{
    private const string Top = "securitycheck-host/";
    private const string Mark = "=== ";
    private const int CommandWords = 2;

    /// <summary>Commands the script runs beside its list.</summary>
    private static readonly string[] Further = ["walk", "sysctl", "clamav-database"];

    /// <param name="variant">Which of the two texts.</param>
    /// <param name="clock">For the day of the virus database.</param>
    public static byte[] Create(DemoVariant variant, TimeProvider clock)
    {
        var text = Resource(variant == DemoVariant.WellRun ? "well-run.txt" : "careless.txt")
            .Replace("TODAY", clock.GetUtcNow().ToString("dd MMM yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["format.txt"] = Encoding.UTF8.GetBytes("securitycheck-host-bundle 2\n") };
        var (index, commands) = (new StringBuilder(), new StringBuilder());
        var files = new List<string>();
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in text.Split("\n" + Mark, StringSplitOptions.None).Select(b => b.StartsWith(Mark, StringComparison.Ordinal) ? b[Mark.Length..] : b))
        {
            var (head, content) = block.IndexOf('\n', StringComparison.Ordinal) is var end && end < 0 ? (block, "") : (block[..end], block[(end + 1)..].TrimEnd('\n') + "\n");
            var words = head.Split(' ');
            if (words[0] == "command")
            {
                said[words[1]] = words[CommandWords];
                parts[$"c/{words[1]}"] = Encoding.UTF8.GetBytes(content);
                continue;
            }

            files.Add(words[1]);
            var part = words[0] == "read" ? string.Create(CultureInfo.InvariantCulture, $"f/{files.Count}") : "";
            index.Append(CultureInfo.InvariantCulture, $"{words[1]}\t{words[0]}\tregular file\t{words[2]}\t{words[3]}\t{words[4]}\t1\t1760000000\t\t{part}\n");
            if (part.Length > 0)
            {
                parts[part] = Encoding.UTF8.GetBytes(content);
            }
        }

        Absent(index, files);
        foreach (var name in Block("commands() {").Select(l => l.Split(' ')[0]).Concat(Further))
        {
            commands.Append(CultureInfo.InvariantCulture, $"{name}\t{said.GetValueOrDefault(name, "missing")}\t{name}\n");
        }

        parts["index.tsv"] = Encoding.UTF8.GetBytes(index.ToString());
        parts["commands.tsv"] = Encoding.UTF8.GetBytes(commands.ToString());
        parts["MANIFEST.sha256"] = Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"{Convert.ToHexStringLower(SHA256.HashData(p.Value))}  {p.Key}\n")));
        return Pack(parts);
    }

    /// <summary>What the script looks for and did not find there.</summary>
    private static void Absent(StringBuilder index, List<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in Block("files() {").Select(l => l.Split(' ', 2)[1]))
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            var folder = pattern[..pattern.LastIndexOf('/', star >= 0 ? star : pattern.Length - 1)];
            if (star < 0)
            {
                index.Append(files.Contains(pattern) ? "" : $"{pattern}\tmissing\t-\t-\t-\t-\t-\t-\t\t\n");
            }
            else if (folders.Add(folder))
            {
                var state = files.Exists(f => f.StartsWith(folder + "/", StringComparison.Ordinal)) ? "listed" : "missing";
                index.Append(CultureInfo.InvariantCulture, $"{folder}/\t{state}\t-\t-\t-\t-\t-\t-\t\t\n");
            }
        }
    }

    private static byte[] Pack(SortedDictionary<string, byte[]> parts)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in parts)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Top + name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return packed.ToArray();
    }

    /// <summary>A list of the script itself, so that both speak of the same files.</summary>
    private static IEnumerable<string> Block(string begin) => Resource("collect.sh").Split('\n')
        .SkipWhile(l => l != begin).SkipWhile(l => !l.EndsWith("<<'LIST'", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l != "LIST");

    private static string Resource(string name)
    {
        using var stream = typeof(HostBundle).Assembly.GetManifestResourceStream($"hosts/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
