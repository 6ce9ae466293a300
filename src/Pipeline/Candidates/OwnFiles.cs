using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What this tool is told is no paper of the system: its own files in YAML, and the folder they lie in.</summary>
internal static partial class OwnFiles
{
    /// <summary>Bytes; a template has long comments before its first key.</summary>
    private const int HeadLength = 64 * 1024;

    /// <param name="path">A file or folder that is there.</param>
    /// <param name="folder">Of candidate.yaml.</param>
    /// <exception cref="IOException">Cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">May not be read.</exception>
    public static bool Are(string path, string folder)
    {
        var how = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var own = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Directory.Exists(full)
            ? string.Equals(full, own, how) || own.StartsWith(Path.EndsInDirectorySeparator(full) ? full : full + Path.DirectorySeparatorChar, how)
            : Are(RegularFile.Read(full, HeadLength));
    }

    /// <param name="bytes">Of a file, or its head.</param>
    public static bool Are(ReadOnlySpan<byte> bytes) => Head().IsMatch(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, HeadLength)]));

    [GeneratedRegex(@"^(\uFEFF)?(\{\s*)?(candidate|answers|ruleset|profile|""(candidate|answers|ruleset|profile)""|'(candidate|answers|ruleset|profile)')[ \t]*:", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}
