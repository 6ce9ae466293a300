namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <param name="File">As it was read.</param>
/// <param name="Ending">Of the program and of the name it was given besides: .java.bak.</param>
/// <param name="IsBesideOriginal">A file of the name without the addition lies in the same folder: the copy is an older state of it.</param>
internal sealed record SetAsideFile(SweptFile File, string Ending, bool IsBesideOriginal)
{
    public string Path => File.Path;
}

/// <summary>Programs that were renamed so that no compiler takes them: A.java.bak, a.py~, Old.cs.orig. No rule of programs reads them.</summary>
internal static class SetAsideFiles
{
    private const int MostAdditions = 4;

    private static readonly HashSet<string> Additions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".bak", ".back", ".backup", ".old", ".orig", ".save", ".saved", ".copy", ".tmp", ".temp", ".disabled", ".off", ".unused", ".deprecated", ".rej", ".prev", ".bk", ".txt",
    };

    /// <param name="files">Of a tree.</param>
    public static IEnumerable<SetAsideFile> In(IReadOnlyList<SweptFile> files)
    {
        HashSet<string>? names = null;
        foreach (var file in files.Where(f => f.Language == SourceLanguage.Other))
        {
            if (Original(file.Path) is { } original)
            {
                names ??= files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
                var ending = file.Path[(original.Length - System.IO.Path.GetExtension(original).Length)..].ToLowerInvariant();
                yield return new SetAsideFile(file, ending, names.Contains(original));
            }
        }
    }

    /// <returns>The path without what was added; null where nothing was, or what is left is no program.</returns>
    private static string? Original(string path)
    {
        var name = path;
        for (var i = 0; i < MostAdditions; i++)
        {
            var shorter = name.EndsWith('~') ? name[..^1] : Additions.Contains(System.IO.Path.GetExtension(name)) ? name[..^System.IO.Path.GetExtension(name).Length] : name;
            if (shorter.Length == name.Length)
            {
                break;
            }

            name = shorter;
        }

        return name.Length < path.Length && PatternCoverage.IsProgram(name) ? name : null;
    }
}
