using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>固化清单 · a CSV by which an archive can prove later what it was given.</summary>
internal static class FixityManifest
{
    /// <summary>Below what one piece of evidence may have, names of three bytes a character too.</summary>
    private const int MostCharacters = 20 << 20;

    public static string Of(BatchReading batch)
    {
        var text = new StringBuilder("package,path,bytes,sm3,sha256\n");
        foreach (var package in batch.Packages)
        {
            if (package.FileBytes is { } bytes)
            {
                Row(text, package.Name, "", bytes, (package.Digests.GetValueOrDefault("SM3"), package.Digests.GetValueOrDefault("SHA-256")));
            }

            foreach (var file in package.Files.Where(f => f.Fault is null && f.Sm3 is not null).TakeWhile(_ => text.Length < MostCharacters))
            {
                Row(text, package.Name, file.Path, file.Bytes, (file.Sm3, file.Sha256));
            }
        }

        return text.Length >= MostCharacters ? text.Append("# 超过上限，清单不完整\n").ToString() : text.ToString();
    }

    private static void Row(StringBuilder text, string package, string path, long bytes, (string? Sm3, string? Sha256) digests) =>
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(package)},{Quoted(path)},{bytes},{digests.Sm3},{digests.Sha256}\n");

    /// <summary>Quoted always: a name may begin with what spreadsheets take for a formula.</summary>
    private static string Quoted(string text) => $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
