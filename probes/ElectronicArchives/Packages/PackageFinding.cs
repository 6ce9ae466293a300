using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Where packages lie in what was handed in: it is one itself, or a folder of them with lists beside them.</summary>
/// <param name="Packages">Full path and name of each, in ordinal order.</param>
/// <param name="Beside">Full paths of files that are no packages.</param>
/// <param name="IsWhole">False where there were more than were taken, or links, which are not followed.</param>
internal sealed record PackageFinding(IReadOnlyList<(string Path, string Name)> Packages, IReadOnlyList<string> Beside, bool IsWhole)
{
    private const int MaxPackages = 20_000;
    private const int MaxBeside = 10_000;

    /// <summary>The folder that was handed in is the package.</summary>
    public bool IsOwn { get; private init; }

    /// <exception cref="UnableException">Nothing is there, or it cannot be read.</exception>
    public static PackageFinding In(string path, PackageProfile profile)
    {
        if (File.Exists(path))
        {
            return new([(Path.GetFullPath(path), Path.GetFileName(path))], [], IsWhole: true);
        }

        if (!Directory.Exists(path))
        {
            throw new UnableException(FailureKind.BadInput, $"信息包不存在：{path}");
        }

        try
        {
            var own = new PackageFinding([(Path.GetFullPath(path), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))], [], IsWhole: true) { IsOwn = true };
            return HasMark(path, profile) ? own : Among(path, profile) is { Packages.Count: > 0 } batch ? batch : own;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UnableException(FailureKind.AccessDenied, $"无法列出目录 {path}", trouble);
        }
    }

    private static PackageFinding Among(string path, PackageProfile profile)
    {
        var packages = new List<(string, string)>();
        var beside = new List<string>();
        var whole = true;
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.LinkTarget is not null)
            {
                whole = false;
                continue;
            }

            var isPackage = entry is DirectoryInfo ? profile.Form != PackageForm.Eep : IsPackageFile(entry.FullName, profile);
            if (isPackage && packages.Count < MaxPackages)
            {
                packages.Add((entry.FullName, entry.Name));
            }
            else if (!isPackage && beside.Count < MaxBeside && entry is FileInfo)
            {
                beside.Add(entry.FullName);
            }
            else
            {
                whole = false;
            }
        }

        // A folder that holds nothing but plain folders is one package whose metadata is missing, and not a batch of its own parts.
        return packages.TrueForAll(p => Directory.Exists(p.Item1) && !HasMark(p.Item1, profile)) ? new([], [], whole) : new(packages, beside, whole);
    }

    private static bool IsPackageFile(string path, PackageProfile profile) => profile.Form == PackageForm.Eep
        ? Path.GetExtension(path).ToLowerInvariant() is ".eep" || (Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase) && LooksLikeEep(path))
        : Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeEep(string path)
    {
        var head = System.Text.Encoding.UTF8.GetString(RegularFile.Read(path, 4096));
        return head.Contains("电子文件封装包", StringComparison.Ordinal) || head.Contains("ERM/encapsulation", StringComparison.Ordinal);
    }

    private static bool HasMark(string folder, PackageProfile profile)
    {
        var mark = profile.Form == PackageForm.BagIt ? "bagit.txt" : profile.Metadata;
        return mark is not null && new DirectoryInfo(folder).EnumerateFiles().Any(f => NameForms.AreSame(f.Name.ToUpperInvariant(), mark.ToUpperInvariant()));
    }
}
