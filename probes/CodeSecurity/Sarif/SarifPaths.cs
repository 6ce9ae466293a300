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
