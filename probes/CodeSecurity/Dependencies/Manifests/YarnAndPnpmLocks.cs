namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>yarn.lock of yarn 1 and of its successors, and pnpm-lock.yaml of versions 5 to 9, line by line: neither needs a YAML reader.</summary>
internal sealed class YarnAndPnpmLocks : IManifestFormat
{
    private const int LongestLine = 4000;

    public bool Reads(string path) => Path.GetFileName(path) is "yarn.lock" or "pnpm-lock.yaml";

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        if (file.Name == "yarn.lock")
        {
            ReadYarn(file, NpmManifests.Direct(all, file.Folder), findings);
        }
        else
        {
            ReadPnpm(file, findings);
        }
    }

    public bool MayNameNone(ManifestFile file, ManifestFiles all) => false;

    private static void ReadYarn(ManifestFile file, HashSet<string>? direct, ManifestFindings findings)
    {
        var (name, headLine, number) = ((string?)null, 0, 0);
        string? version = null;
        foreach (var raw in file.Text.Split('\n').Append("end:"))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (IsPassed(line, file, findings))
            {
                continue;
            }

            if (line[0] != ' ')
            {
                Close(file, (name, version, headLine), direct, findings);
                (name, version, headLine) = (HeadOf(line), null, number);
                if (name is null && line is not "__metadata:" and not "end:" && !line.Contains("@workspace:", StringComparison.Ordinal))
                {
                    findings.Leave(file.Path, "锁定文件里有的条目不是包，没有识别");
                }
            }
            else if (line.StartsWith("  version", StringComparison.Ordinal))
            {
                version = line[9..].Trim(' ', ':', '"');
            }
            else if (line.StartsWith("  resolution:", StringComparison.Ordinal) && line[13..].Trim(' ', '"') is var whole && whole.IndexOf("@npm:", StringComparison.Ordinal) is var at and > 0)
            {
                name = whole[..at];
            }
        }
    }

    private static void Close(ManifestFile file, (string? Name, string? Version, int Line) entry, HashSet<string>? direct, ManifestFindings findings)
    {
        if (entry is { Name: { } name, Version: { Length: > 0 } version })
        {
            findings.Add(new CodeComponent { Ecosystem = "npm", Name = name, Version = version, IsDirect = direct?.Contains(name), File = file.Path, Line = entry.Line });
        }
        else if (entry.Name is not null)
        {
            findings.Leave(file.Path, "锁定文件里有的包没有写版本，没有收");
        }
    }

    private static bool IsPassed(string line, ManifestFile file, ManifestFindings findings)
    {
        if (line.Length > LongestLine)
        {
            findings.Leave(file.Path, $"有超过 {LongestLine} 个字符的行，没有看");
        }

        return line.Length is 0 or > LongestLine || line.TrimStart() is [] or ['#', ..];
    }

    /// <summary>The package of <c>"a@^1", a@^2:</c>; null for what is no package of a registry.</summary>
    private static string? HeadOf(string line)
    {
        var first = line.TrimEnd(':').Split(',')[0].Trim().Trim('"');
        var at = first.Length > 1 ? first.IndexOf('@', 1) : -1;
        if (at < 0 || first.Contains("@workspace:", StringComparison.Ordinal) || first.Contains("@link:", StringComparison.Ordinal) || first.Contains("@portal:", StringComparison.Ordinal))
        {
            return null;
        }

        // An alias is name@npm:other@range.
        var rest = first[(at + 1)..];
        return rest.StartsWith("npm:", StringComparison.Ordinal) && rest.Length > 5 && rest.IndexOf('@', 5) is var cut and > 0 ? rest[4..cut] : first[..at];
    }

    private static void ReadPnpm(ManifestFile file, ManifestFindings findings)
    {
        var direct = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<(string Name, string Version, int Line)>();
        var (section, group, number) = ("", -1, 0);
        foreach (var raw in file.Text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd();
            if (IsPassed(line, file, findings))
            {
                continue;
            }

            var indent = line.Length - line.TrimStart(' ').Length;
            var word = line.Trim();
            if (indent == 0)
            {
                section = word.Split(':')[0];
            }

            if (group >= 0 && indent <= group)
            {
                group = -1;
            }

            if (section is not ("packages" or "snapshots") && word is "dependencies:" or "devDependencies:" or "optionalDependencies:")
            {
                group = indent;
            }
            else if (group >= 0 && indent == group + 2)
            {
                direct.Add(word.Split(": ")[0].TrimEnd(':').Trim('\'', '"'));
            }
            else if (section == "packages" && indent == 2)
            {
                if (word.EndsWith(':') && PnpmKey(word[..^1].Trim('\'', '"')) is { } key)
                {
                    found.Add((key.Name, key.Version, number));
                }
                else
                {
                    findings.Leave(file.Path, "锁定文件里有的条目不是包名加版本，没有识别");
                }
            }
        }

        foreach (var (name, version, line) in found)
        {
            findings.Add(new CodeComponent { Ecosystem = "npm", Name = name, Version = version, IsDirect = direct.Contains(name), File = file.Path, Line = line });
        }
    }

    /// <summary><c>/a/1.0.0_peer</c>, <c>/@s/a@1.0.0(peer@1)</c>, <c>a@1.0.0</c>; null for tarballs and folders.</summary>
    private static (string Name, string Version)? PnpmKey(string key)
    {
        var bare = key.TrimStart('/');
        bare = bare.IndexOf('(', StringComparison.Ordinal) is var peer and > 0 ? bare[..peer] : bare;
        var at = bare.Length > 1 ? bare.IndexOf('@', 1) : -1;
        if (at < 0 || bare.AsSpan(0, at).Count('/') > (bare[0] == '@' ? 1 : 0))
        {
            // Up to version 5 the version stands behind a slash, and what it was joined with behind an underscore.
            bare = bare.IndexOf('_', bare.LastIndexOf('/') + 1) is var joined and > 0 ? bare[..joined] : bare;
            at = bare.LastIndexOf('/');
        }

        if (at <= 0)
        {
            return null;
        }

        var version = bare[(at + 1)..];
        return SemanticVersion.TryParse(version, out _) ? (bare[..at], version) : null;
    }
}
