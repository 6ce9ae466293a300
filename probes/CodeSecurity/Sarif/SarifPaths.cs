using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where a result lies, as a path that can be compared with ours.</summary>
internal static class SarifPaths
{
    private const int LengthCap = 500;

    /// <returns>With forward slashes and without a leading one; empty where no file is named.</returns>
    public static string FileOf(JsonElement? run, JsonElement? place)
    {
        var artifact = place.Get("artifactLocation");
        var uri = artifact.Text("uri") ?? (artifact.Integer("index") is { } at and >= 0 ? run.Items("artifacts").Skip(at).Take(1).Select(a => a.Get("location").Text("uri")).FirstOrDefault() : null);
        return uri is null ? "" : Clean(uri);
    }

    /// <summary>
    /// The file of a tree that a foreign path means: the same, or the one whose path from the root of the tree the foreign path ends with
    /// (scanners write from another root). Unchanged where none or several fit.
    /// </summary>
    /// <param name="path">As the scanner has it.</param>
    /// <param name="files">Of our tree.</param>
    public static string Align(string path, IReadOnlySet<string> files)
    {
        if (files.Contains(path))
        {
            return path;
        }

        var parts = path.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            var tail = string.Join('/', parts[i..]);
            if (files.Contains(tail))
            {
                return tail;
            }
        }

        var longer = files.Where(f => f.EndsWith("/" + path, StringComparison.Ordinal)).Take(2).ToList();
        return longer is [var only] ? only : path;
    }

    private static string Clean(string uri)
    {
        var text = uri.Length > 4 * LengthCap ? uri[..(4 * LengthCap)] : uri;
        var path = Uri.UnescapeDataString(text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text).Replace('\\', '/');
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "..")
            {
                parts.Add(string.Concat(part.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate))));
            }
        }

        var joined = string.Join('/', parts);
        return joined.Length > LengthCap ? joined[..LengthCap] : joined;
    }
}
