using System.IO.Compression;
using System.Text;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a jar that lies in a tree says of itself: the projects Maven put into it, and the heading of its manifest.</summary>
/// <param name="Packages">Group and artifact, version, and licence; null where it says none or several.</param>
/// <param name="IsUnread">It, or one of its projects, was not looked at: too large, broken, or of too many.</param>
/// <remarks>What else is in it nobody says: classes of other projects are put into a jar without their names.</remarks>
internal sealed record JarReading(IReadOnlyList<(string Name, string Version, string? Licence)> Packages, bool IsUnread)
{
    /// <summary>Directories of larger ones would take too much memory.</summary>
    private const int LargestJar = 32 * 1024 * 1024;

    private const int LargestEntry = 256 * 1024;
    private const int MostPackages = 200;

    /// <summary>Of 3,000 jars all names are kept at once.</summary>
    private const int LongestWord = 200;

    private static readonly JarReading Unread = new([], true);

    /// <returns>Without packages where it says nothing or cannot be read.</returns>
    /// <exception cref="OperationCanceledException">At its beginning, and between two projects.</exception>
    public static JarReading Of(FileTree tree, string path, CancellationToken stop)
    {
        try
        {
            using var stream = tree.OpenRead(path);
            if (stream.Length > LargestJar)
            {
                return Unread;
            }

            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return Of(zip, stop);
        }
        catch (Exception broken) when (broken is UnableException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OverflowException or ManifestFaultException)
        {
            return Unread;
        }
    }

    private static JarReading Of(ZipArchive zip, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var manifest = zip.Entries.FirstOrDefault(e => e.FullName == "META-INF/MANIFEST.MF") is { } head ? Heading(Text(head)) : [];
        List<ZipArchiveEntry> projects = [.. zip.Entries.Where(e => e.FullName.StartsWith("META-INF/maven/", StringComparison.Ordinal) && e.Name == "pom.properties").Take(MostPackages + 1)];
        var (packages, isUnread) = (new List<(string, string, string?)>(), projects.Count > MostPackages);
        foreach (var project in projects.Take(MostPackages))
        {
            stop.ThrowIfCancellationRequested();
            var said = Text(project).Split('\n').Select(l => l.Trim().Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
            if (said["groupId"].FirstOrDefault() is { Length: > 0 } group && said["artifactId"].FirstOrDefault() is { Length: > 0 } artifact && said["version"].FirstOrDefault() is { Length: > 0 } version)
            {
                if (group.Length + artifact.Length > LongestWord || version.Length > LongestWord)
                {
                    isUnread = true;
                    continue;
                }

                var beside = zip.GetEntry($"{project.FullName[..project.FullName.LastIndexOf('/')]}/pom.xml");
                packages.Add(($"{group}:{artifact}", version, (beside is null ? null : OfPom(Text(beside))) ?? (projects.Count == 1 ? OfBundle(manifest) : null)));
            }
        }

        return new JarReading(packages, isUnread);
    }

    private static string? OfPom(string text)
    {
        try
        {
            List<string> names = [.. ManifestElement.Parse(text).Each("licenses", "license", "name").Select(n => n.Text).Where(n => n.Length > 0)];
            return names is [{ Length: <= LongestWord } one] ? one : null;
        }
        catch (ManifestFaultException)
        {
            return null;
        }
    }

    /// <summary>Licences stand side by side with commas, each with what is said of it behind a semicolon; an address alone is no name.</summary>
    private static string? OfBundle(Dictionary<string, string> manifest) =>
        manifest.GetValueOrDefault("Bundle-License") is { Length: > 0 } said && !said.Contains(',', StringComparison.Ordinal)
            && said.Split(';')[0].Trim().Trim('"') is { Length: > 0 } name && !name.Contains("://", StringComparison.Ordinal) && !name.StartsWith('<') && name.Length <= LongestWord
            ? name : null;

    /// <summary>The main section; a line that begins with a blank goes on with the one before.</summary>
    private static Dictionary<string, string> Heading(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? open = null;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r')).TakeWhile(l => l.Length > 0).Take(2000))
        {
            if (line[0] == ' ' && open is not null)
            {
                fields[open] = string.Concat(fields[open], line.AsSpan(1));
            }
            else if (line.IndexOf(": ", StringComparison.Ordinal) is var at and > 0)
            {
                open = line[..at];
                fields[open] = line[(at + 2)..];
            }
        }

        return fields;
    }

    /// <exception cref="ManifestFaultException">It unpacks to more than is ever read.</exception>
    private static string Text(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[LargestEntry + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > LargestEntry ? throw new ManifestFaultException("压缩包里的说明过大") : Encoding.UTF8.GetString(bytes, 0, length);
    }
}
