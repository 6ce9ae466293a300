using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>File patterns of a project file: <c>**/*.cs</c>, <c>App_Code\A?.cs</c>. Letters match whatever their case, as on the system such projects are written on.</summary>
internal static class PathGlob
{
    private const int LengthCap = 500;
    private const int WildCap = 100;

    /// <param name="folder">Of the project, without a slash at its end; empty for the root of the tree.</param>
    /// <param name="patterns">As the project writes them; may go up with <c>..</c>. What leads out of the tree or holds a property is passed over.</param>
    /// <returns>A matcher for paths from the root of the tree.</returns>
    public static Func<string, bool> Matcher(string folder, IEnumerable<string> patterns)
    {
        var paths = patterns.Select(p => Normalise(folder, p)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wild = paths.Where(p => p.AsSpan().ContainsAny('*', '?')).Take(WildCap).Select(p => new Regex(Translate(p), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)).ToList();
        return path => paths.Contains(path) || wild.Exists(w => w.IsMatch(path));
    }

    /// <summary>From the root of the tree with forward slashes; null where it leads out.</summary>
    public static string? Normalise(string folder, string path)
    {
        if (path.Length is 0 or > LengthCap || path.Contains("$(", StringComparison.Ordinal) || path.Contains("@(", StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new List<string>(folder.Length == 0 ? [] : folder.Split('/'));
        foreach (var part in path.Trim().Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static string Translate(string path)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < path.Length; i++)
        {
            if (path.AsSpan(i).StartsWith("**/", StringComparison.Ordinal))
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else
            {
                regex.Append(path[i] switch { '*' when i + 1 < path.Length && path[i + 1] == '*' => ".*", '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }

        return regex.Append('$').ToString();
    }
}
