namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a lock file says of folders below its own: a lock that does not name a folder settles nothing there.</summary>
/// <param name="Folders">Relative to the folder of the lock.</param>
/// <param name="Asked">Of yarn, which names what was asked for and not by whom: <c>name@range</c>.</param>
internal sealed record LockReach(IReadOnlySet<string> Folders, IReadOnlySet<string> Asked)
{
    private static readonly LockReach None = new(new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

    public static LockReach Of(ManifestFile file)
    {
        try
        {
            return file.Name switch
            {
                "yarn.lock" => OfYarn(file.Text),
                "pnpm-lock.yaml" => None with { Folders = Importers(file.Text).ToHashSet(StringComparer.Ordinal) },
                _ => OfNpm(file.Text),
            };
        }
        catch (ManifestFaultException)
        {
            return None;
        }
    }

    private static LockReach OfNpm(string text)
    {
        using var document = ManifestJson.Parse(text);
        return None with { Folders = document.RootElement.Fields("packages").Select(ManifestJson.NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal) };
    }

    private static IEnumerable<string> Importers(string text)
    {
        var isWithin = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length > 0 && line[0] is not ' ' and not '#')
            {
                isWithin = line == "importers:";
            }
            else if (isWithin && line.Length > 3 && line[1] == ' ' && line[2] != ' ' && line[^1] == ':')
            {
                yield return line[2..^1].Trim('\'', '"');
            }
        }
    }

    private static LockReach OfYarn(string text)
    {
        const string Workspace = "@workspace:";
        var (folders, asked) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var head in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 1 && l[0] is not ' ' and not '#' && l[^1] == ':').SelectMany(l => l[..^1].Split(',')))
        {
            var one = head.Trim(' ', '"');
            asked.Add(one.Replace("@npm:", "@", StringComparison.Ordinal));
            if (one.IndexOf(Workspace, StringComparison.Ordinal) is var at and > 0)
            {
                folders.Add(one[(at + Workspace.Length)..]);
            }
        }

        return new LockReach(folders, asked);
    }
}
