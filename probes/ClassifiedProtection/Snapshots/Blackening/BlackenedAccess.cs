using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>PAM, TCP wrappers and audit rules.</summary>
internal static class BlackenedAccess
{
    /// <summary>Type, control and module stay; of the arguments those that are known.</summary>
    public static string Pam(string line, bool isContinued, bool namesService)
    {
        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        if (rest.StartsWith('#'))
        {
            return lead + "#";
        }

        var (place, output, module) = (isContinued ? 9 : namesService ? -1 : 0, new StringBuilder(lead), "");
        while (rest.Length > 0)
        {
            var blank = Kept.Indent(rest);
            output.Append(blank);
            rest = rest[blank.Length..];
            if (rest.Length == 0 || rest == "\\")
            {
                output.Append(rest);
                break;
            }

            if (rest[0] == '#')
            {
                output.Append('#');
                break;
            }

            var end = rest[0] == '[' ? rest.IndexOf(']', StringComparison.Ordinal) + 1 : rest.AsSpan().IndexOfAny(" \t");
            var word = end <= 0 ? rest : rest[..end];
            rest = rest[word.Length..];
            if (++place == 1 && word == "@include")
            {
                output.Append(word).Append(rest);
                break;
            }

            if (place == 1 && !Kept.Is(word.ToLowerInvariant(), "^-?(auth|account|password|session)$"))
            {
                return Kept.Keyed("bare", line);
            }

            module = place == 3 ? Base(word) : module;
            output.Append(place < 3 ? word : place == 3 ? Kept.Is(word, "^[A-Za-z0-9_./-]+$") ? word : Kept.Mark : Kept.Has("pam-whole", module) ? word : Kept.Argument("pam", word));
        }

        return output.ToString();
    }

    /// <summary>Behind the second colon stands what is done, which may be a command.</summary>
    public static string Wrapper(string line)
    {
        var lead = Kept.Indent(line);
        var rest = line[lead.Length..];
        if (rest.StartsWith('#'))
        {
            return lead + "#";
        }

        var (depth, seen) = (0, 0);
        for (var i = 0; i < rest.Length; i++)
        {
            depth += rest[i] == '[' ? 1 : rest[i] == ']' ? -1 : 0;
            if (rest[i] == ':' && depth < 1 && ++seen == 2)
            {
                var behind = rest[(i + 1)..];
                return lead + rest[..(i + 1)] + (Kept.Trim(behind) is "allow" or "deny" or "ALLOW" or "DENY" or "" ? behind : " " + Kept.Mark);
            }
        }

        return line;
    }

    public static string Audit(string line)
    {
        var text = Kept.Trim(line);
        if (!text.StartsWith('-'))
        {
            return text.Length == 0 ? line : Kept.Indent(line) + (text[0] == '#' ? "#" : Kept.Mark);
        }

        var output = new StringBuilder();
        for (var found = Kept.Find(line, "(-k[ \t]+|key=)[^ \t]+"); found.Success; found = Kept.Find(line, "(-k[ \t]+|key=)[^ \t]+"))
        {
            output.Append(line.AsSpan(0, found.Index)).Append(found.Value[0] == '-' ? "-k " : "key=").Append(Kept.Mark);
            line = line[(found.Index + found.Length)..];
        }

        return Kept.Cut(output.Append(line).ToString());
    }

    private static string Base(string module)
    {
        var name = module[(module.LastIndexOf('/') + 1)..];
        return name.EndsWith(".so", StringComparison.Ordinal) ? name[..^3] : name;
    }
}
