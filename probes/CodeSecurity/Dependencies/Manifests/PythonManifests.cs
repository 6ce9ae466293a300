using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>requirements.txt, poetry.lock and Pipfile.lock.</summary>
internal sealed partial class PythonManifests : IManifestFormat
{
    public bool Reads(string path) => Path.GetFileName(path) is var name
        && (name is "poetry.lock" or "Pipfile.lock" or "pyproject.toml" or "Pipfile" or "setup.py" or "setup.cfg"
            || (name.EndsWith(".txt", StringComparison.Ordinal) && (name.StartsWith("requirements", StringComparison.Ordinal) || name.EndsWith("requirements.txt", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(path)) == "requirements")));

    /// <summary>Descriptions of a project, where something locks them or they ask for nothing, and lists that only take in others.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) =>
        file.Name is "pyproject.toml" or "Pipfile" or "setup.py" or "setup.cfg" || (file.Name.EndsWith(".txt", StringComparison.Ordinal) && file.Text.Split('\n').Any(l => Included().IsMatch(l.Trim())));

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        switch (file.Name)
        {
            case "poetry.lock":
                ReadPoetry(file, findings);
                break;
            case "Pipfile.lock":
                ReadPipfile(file, findings);
                break;
            case "pyproject.toml" or "Pipfile" or "setup.py" or "setup.cfg":
                if (AsksUnlocked(file, all))
                {
                    findings.Gaps.Add(new DependencyGap(file.Path, "旁边没有锁定文件，其中的依赖没有解析"));
                }

                break;
            default:
                ReadRequirements(file, all, findings);
                break;
        }
    }

    private static bool AsksUnlocked(ManifestFile file, ManifestFiles all) =>
        (file.Name == "Pipfile" || file.Text.Contains("dependenc", StringComparison.Ordinal) || file.Text.Contains("install_requires", StringComparison.Ordinal))
        && !all.All.Any(f => f.Folder == file.Folder && (f.Name is "poetry.lock" or "Pipfile.lock" || f.Name.StartsWith("requirements", StringComparison.Ordinal)));

    private static void ReadRequirements(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var (number, before) = (0, findings.Components.Count);
        foreach (var raw in file.Text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '-')
            {
                if (!AsksForNothing(line, file, all))
                {
                    findings.Gaps.Add(new DependencyGap(file.Path, $"第 {number} 行引用的文件、目录或地址没有读"));
                }

                continue;
            }

            var match = line.Length <= 2000 ? Requirement().Match(line) : Match.Empty;
            if (!match.Success)
            {
                findings.Gaps.Add(new DependencyGap(file.Path, $"第 {number} 行不是包名加版本，没有解析"));
                continue;
            }

            var range = match.Groups["range"].Value.Replace(" ", "", StringComparison.Ordinal);
            var isOne = range.StartsWith("==", StringComparison.Ordinal) && range.AsSpan().IndexOfAny(",*") < 0;
            findings.Add(new CodeComponent
            {
                Ecosystem = "PyPI", Name = PackageNames.Python(match.Groups["name"].Value), Version = isOne ? range.TrimStart('=') : null, Range = isOne ? null : range.Length > 0 ? range : "没有写版本", File = file.Path, Line = number,
            });
        }

        if (findings.Components.Count > before)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    /// <summary>An option of the installer, the project itself, or a file that is read for itself.</summary>
    private static bool AsksForNothing(string line, ManifestFile file, ManifestFiles all) =>
        Option().IsMatch(line) || (Included().Match(line) is { Success: true } other && all.Find(file.Folder, other.Groups["path"].Value) is not null);

    [GeneratedRegex(@"^(?:--(?:hash|index-url|extra-index-url|trusted-host|no-index|pre|prefer-binary|only-binary|no-binary|require-hashes|use-feature|find-links)\b|-[if]\b|(?:-e|--editable)[ =]+\.$)", RegexOptions.NonBacktracking)]
    private static partial Regex Option();

    [GeneratedRegex(@"^(?:-r|-c|--requirement|--constraint)[ =]*(?:\./)?(?<path>[\w./\-]{1,200})$", RegexOptions.NonBacktracking)]
    private static partial Regex Included();

    private static void ReadPoetry(ManifestFile file, ManifestFindings findings)
    {
        var (name, start, hasOpen) = ((string?)null, 0, false);
        foreach (var (section, key, value, line) in TomlLines.Read(file.Text))
        {
            if (section == "package" && key.Length == 0)
            {
                Leave();
                (name, start) = (null, line);
            }
            else if (section == "package" && key == "name")
            {
                name = TomlLines.Plain(value);
                hasOpen = true;
            }
            else if (section == "package" && key == "version" && name is not null)
            {
                findings.Add(new CodeComponent { Ecosystem = "PyPI", Name = PackageNames.Python(name), Version = TomlLines.Plain(value), File = file.Path, Line = start });
                (name, hasOpen) = (null, false);
            }
        }

        Leave();
        void Leave()
        {
            if (hasOpen)
            {
                findings.Leave(file.Path, "锁定文件里有的包没有写版本，没有收");
            }

            hasOpen = false;
        }
    }

    private static void ReadPipfile(ManifestFile file, ManifestFindings findings)
    {
        using var document = ManifestJson.Parse(file.Text);
        var lines = new ForwardLines(file.Text);
        foreach (var package in document.RootElement.Fields("default").Concat(document.RootElement.Fields("develop")))
        {
            if (ManifestJson.NameOf(package) is { } name)
            {
                var version = package.Value.TextOf("version");
                findings.Add(new CodeComponent { Ecosystem = "PyPI", Name = PackageNames.Python(name), Version = version?.TrimStart('='), Range = version is null ? "没有写版本" : null, File = file.Path, Line = lines.Of($"\"{name}\"") });
            }
        }
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9][\w.\-]{0,100})\s*(?:\[[\w\s,.\-]{0,200}\])?\s*\(?(?<range>(?:(?:===?|~=|!=|<=?|>=?)\s*[\w.*+!\-]{1,60}\s*,?\s*){0,10})\)?\s*(?:;[^#]*)?(?:--[^#]*)?\\?\s*(?:#.*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Requirement();
}
