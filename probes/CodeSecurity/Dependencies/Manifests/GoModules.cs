namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>go.mod: since Go 1.17 it names every module that is built in.</summary>
internal sealed class GoModules : IManifestFormat
{
    public bool Reads(string path) => Path.GetFileName(path) == "go.mod";

    /// <summary>A module that needs the standard library alone.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) => !file.Text.Contains("require", StringComparison.Ordinal);

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var replaced = new Dictionary<string, (string Name, string? Version)>(StringComparer.Ordinal);
        var required = new List<(string Name, string Version, bool IsDirect, int Line)>();
        var (block, number, goLine) = ("", 0, "");
        foreach (var raw in file.Text.Split('\n'))
        {
            number++;
            var comment = raw.IndexOf("//", StringComparison.Ordinal);
            var words = (comment < 0 ? raw : raw[..comment]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            if (words is [var opening, "("])
            {
                block = opening;
            }
            else if (words is [")"])
            {
                block = "";
            }
            else
            {
                var (verb, rest) = block.Length > 0 ? (block, words) : (words[0], words[1..]);
                goLine = verb == "go" && rest.Length > 0 ? rest[0] : goLine;
                Take(verb, rest, (raw.Contains("// indirect", StringComparison.Ordinal), number), required, replaced);
            }
        }

        foreach (var (name, version, isDirect, line) in required)
        {
            var (real, other) = replaced.GetValueOrDefault(name, (name, version));
            findings.Add(new CodeComponent { Ecosystem = "Go", Name = real, Version = other?.TrimStart('v'), Range = other is null ? "替换为本地目录" : null, IsDirect = isDirect, File = file.Path, Line = line });
        }

        if (required.Count > 0 && !(SemanticVersion.TryParse(goLine, out var go) && go.Against(SemanticVersion.Of(1, 17)) >= 0))
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static void Take(string verb, string[] rest, (bool IsIndirect, int Line) at, List<(string, string, bool, int)> required, Dictionary<string, (string, string?)> replaced)
    {
        if (verb == "require" && rest.Length >= 2)
        {
            required.Add((rest[0].Trim('"'), rest[1], !at.IsIndirect, at.Line));
        }
        else if (verb == "replace" && Array.IndexOf(rest, "=>") is var arrow and > 0 && arrow + 1 < rest.Length)
        {
            replaced[rest[0].Trim('"')] = (rest[arrow + 1].StartsWith('.') || rest[arrow + 1].StartsWith('/') ? rest[0] : rest[arrow + 1].Trim('"'), arrow + 2 < rest.Length ? rest[arrow + 2] : null);
        }
    }
}
