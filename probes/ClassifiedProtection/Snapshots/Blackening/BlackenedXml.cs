using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Files of Tomcat: elements stay, of attributes and texts the known ones. Comments, sections and document types go; so do entities, whose text may be anywhere.</summary>
internal static class BlackenedXml
{
    private const string Stars = "***";
    private const string Known = " tomcat admin s3cret manager role1 123456 password root changeit must-be-changed <must-be-changed> &lt;must-be-changed&gt; ";
    private const string Declaration = """^<\?xml version="[0-9.]+"( encoding="[A-Za-z0-9-]+")?( standalone="[a-z]+")?[ ]*\?>$""";

    public static string Of(string text)
    {
        var (output, tag) = (new StringBuilder(), "");
        while (text.Length > 0)
        {
            var at = text.IndexOf('<', StringComparison.Ordinal);
            var words = at < 0 ? text : text[..at];
            output.Append(Stays(tag, words) ? words : Stars + Kept.NewLines(words));
            if (at < 0)
            {
                break;
            }

            text = text[at..];
            var length = Markup(text, output, ref tag);
            text = text[length..];
        }

        return output.ToString();
    }

    private static bool Stays(string tag, string text)
    {
        var value = string.Join(' ', text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return value.Length == 0 || Kept.Has("xml-text", tag) || (tag == "param-value" && (Kept.Has("xml-value", value) || Kept.Is(value, "^-?[0-9]+$")));
    }

    /// <returns>Its length.</returns>
    private static int Markup(string text, StringBuilder output, ref string tag)
    {
        var length = text switch
        {
            _ when text.StartsWith("<!--", StringComparison.Ordinal) => To(text, "-->"),
            _ when text.StartsWith("<![CDATA[", StringComparison.Ordinal) => To(text, "]]>"),
            _ when text.StartsWith("<?", StringComparison.Ordinal) => To(text, "?>"),
            _ when text.StartsWith("<!", StringComparison.Ordinal) => DocumentType(text),
            _ when Kept.Is(text[..Math.Min(3, text.Length)], "^</?[A-Za-z]") => TagEnd(text),
            _ => 0,
        };
        var part = text[..length];
        if (length == 0)
        {
            output.Append(Stars);
            return 1;
        }

        if (part[1] is '!' or '?')
        {
            output.Append(Kept.Is(part, Declaration) ? part : Kept.NewLines(part));
            return length;
        }

        output.Append(Element(part));
        var name = NameOf(part);
        tag = part[1] == '/' || part.EndsWith("/>", StringComparison.Ordinal) ? "" : name;
        return length;
    }

    private static int To(string text, string end) => text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at ? at + end.Length : text.Length;

    private static int DocumentType(string text)
    {
        var (end, inner, close) = (text.IndexOf("]>", StringComparison.Ordinal), text.IndexOf('[', StringComparison.Ordinal), text.IndexOf('>', StringComparison.Ordinal));
        return end >= 0 && !(close >= 0 && inner > close) ? end + 2 : close >= 0 ? close + 1 : text.Length;
    }

    private static int TagEnd(string text)
    {
        var open = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (open != '\0')
            {
                open = text[i] == open ? '\0' : open;
            }
            else if (text[i] is '"' or '\'')
            {
                open = text[i];
            }
            else if (text[i] == '>')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static string NameOf(string element)
    {
        var name = Kept.Find(element, "^</?[A-Za-z0-9_:.-]+").Value.TrimStart('<', '/').ToLowerInvariant();
        return name[(name.LastIndexOf(':') + 1)..];
    }

    private static string Element(string text)
    {
        var begin = Kept.Find(text, "^</?[A-Za-z0-9_:.-]+").Value;
        var (rest, tag, output) = (text[begin.Length..], NameOf(text), new StringBuilder(begin));
        var own = tag == "user" && Kept.Find(rest.ToLowerInvariant(), """[ \t\r\n](user)?name[ \t\r\n]*=[ \t\r\n]*["'][^"']*""") is { Success: true } name ? name.Value[(name.Value.AsSpan().IndexOfAny('"', '\'') + 1)..] : "";
        const string attribute = """[A-Za-z_:][A-Za-z0-9_:.-]*[ \t\r\n]*=[ \t\r\n]*["']""";
        for (var found = Kept.Find(rest, attribute); found.Success; found = Kept.Find(rest, attribute))
        {
            output.Append(Kept.NewLines(rest[..found.Index])).Append(found.Index > 0 ? " " : "");
            rest = rest[(found.Index + found.Length)..];
            var end = rest.IndexOf(found.Value[^1], StringComparison.Ordinal);
            end = end < 0 ? rest.Length : end;
            output.Append(found.Value).Append(Value(tag, Kept.Find(found.Value, "^[A-Za-z0-9_:.-]+").Value, rest[..end], own)).Append(found.Value[^1]);
            rest = rest[Math.Min(rest.Length, end + 1)..];
        }

        return output.Append(Kept.NewLines(rest)).Append(rest.EndsWith("/>", StringComparison.Ordinal) ? "/>" : ">").ToString();
    }

    private static string Value(string tag, string key, string value, string own)
    {
        if (Kept.Has("xml-attribute", key) || (tag == "user" && Kept.Has("xml-user", key)))
        {
            return value;
        }

        return Kept.Is(key.ToLowerInvariant(), "password|secret|pass$|credential") ? Password(tag, value, own) : (value.Length == 0 ? "" : Stars) + Kept.NewLines(value);
    }

    /// <summary>That it is short, everybody's, or the user's own name is a finding; what it is is not said.</summary>
    private static string Password(string tag, string value, string own)
    {
        if (value is "" or Stars or Stars + "short" or Stars + "default")
        {
            return value;
        }

        var low = value.ToLowerInvariant();
        var shown = tag == "user" && (low == own || Known.Contains($" {low} ", StringComparison.Ordinal)) ? Stars + "default" : Encoding.UTF8.GetByteCount(value) < 8 ? Stars + "short" : Stars;
        return shown + Kept.NewLines(value);
    }
}

/// <summary>What SET PERSIST wrote: names stay, and values of the known ones.</summary>
internal static class BlackenedJson
{
    public static string Of(string text)
    {
        var (output, key, group) = (new StringBuilder(), "", "");
        for (var at = text.IndexOf('"', StringComparison.Ordinal); at >= 0; at = text.IndexOf('"', StringComparison.Ordinal))
        {
            var between = text[..at];
            group = between.Contains('{', StringComparison.Ordinal) && key.Length > 0 ? key : group;
            output.Append(between);
            text = text[(at + 1)..];
            var end = Kept.Closing(text);
            if (end < 0)
            {
                return output.Append("\"***\"").ToString();
            }

            var word = text[..end];
            text = text[(end + 1)..];
            var isKey = text.TrimStart(' ', '\t', '\r', '\n').StartsWith(':');
            key = isKey ? word : key;
            output.Append('"').Append(isKey || (key.Equals("value", StringComparison.OrdinalIgnoreCase) && Kept.Has("mysql", group)) ? word : "***").Append('"');
        }

        return output.Append(text).ToString();
    }
}
