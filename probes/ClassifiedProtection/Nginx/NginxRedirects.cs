using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whether a server answers nothing on a clear port but the way to https, or a refusal. Directives count in their order, as nginx runs them.</summary>
internal static partial class NginxRedirects
{
    private static readonly string[] Everything = ["^", "/", "^/", ".*", "^.*$", "^.*", "(.*)", "^(.*)$", "^(.*)", "^/(.*)$", "^/(.*)", "^/.*$", "^/.*", ".", "^/?(.*)$", "^/?(.*)"];

    /// <summary>Null where it cannot be told.</summary>
    /// <param name="server">The server.</param>
    /// <param name="port">Of the clear socket.</param>
    /// <param name="doubts">What could not be told, and where.</param>
    public static bool? All(NginxDirective server, string port, List<Sighting> doubts)
    {
        var own = Sends(server, port, doubts);
        if (own != Course.On)
        {
            return own == Course.Away ? true : own == Course.Stays ? false : null;
        }

        var locations = server.All().Where(d => d.Name == "location" && d.Arguments is not [['@', ..], ..]).ToList();
        if (!locations.Exists(l => l.Parent == server && IsEverything(l)))
        {
            return false;
        }

        var courses = locations.FindAll(l => !IsChallenge(l)).ConvertAll(l => Sends(l, port, doubts));
        return courses.Exists(c => c is Course.Stays or Course.On) ? false : courses.Exists(c => c == Course.Unclear) ? null : true;
    }

    /// <summary>Files a certificate authority asks for in clear before it gives a certificate, and nothing else.</summary>
    private static bool IsChallenge(NginxDirective location) => location.Arguments is [.., var path] && location.Arguments is not (["~" or "~*", ..]) && path.TrimEnd('/') == "/.well-known/acme-challenge"
        && location.Inside.TrueForAll(d => d.Name is "root" or "alias" or "default_type" or "allow" or "try_files" or "access_log" or "log_not_found" or "add_header" or "auth_basic" or "types");

    /// <summary>A location every path falls into that no other one takes.</summary>
    public static bool IsEverything(NginxDirective location) =>
        location.Arguments is ["/"] or ["^~", "/"] || (location.Arguments is ["~" or "~*", var pattern] && Everything.Contains(pattern, StringComparer.Ordinal));

    private static Course Sends(NginxDirective block, string port, List<Sighting> doubts)
    {
        foreach (var step in block.Inside)
        {
            var course = step.Name switch
            {
                "return" => Returns(step, block, doubts),
                "rewrite" => Rewrites(step, doubts),
                "break" => Course.Stays,
                "if" => Branches(step, port, doubts),
                _ when step.Name.StartsWith("server_rewrite_by_", StringComparison.Ordinal) => Unclear(step, doubts),
                _ => Course.On,
            };
            if (course != Course.On)
            {
                return course;
            }
        }

        return Course.On;
    }

    private static Course Returns(NginxDirective step, NginxDirective block, List<Sighting> doubts)
    {
        var (code, target) = step.Arguments switch
        {
            [var only] when !only.All(char.IsAsciiDigit) => ("302", only),
            [var one] => (one, ""),
            [var one, var other, ..] => (one, other),
            _ => ("", ""),
        };

        // A page for the error comes by the same return again; a named location does not.
        if (block.Around().SelectMany(b => b.Own("error_page")).Any(e => e.Arguments is [.., ['@' or '$', ..]] && e.Arguments.Contains(code, StringComparer.Ordinal)))
        {
            return Course.Stays;
        }

        return code switch
        {
            "444" => Course.Away,
            "400" or "403" or "404" or "410" or "421" or "426" when target.Length == 0 => Course.Away,
            "301" or "302" or "303" or "307" or "308" when target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => Course.Away,
            "301" or "302" or "303" or "307" or "308" when target.StartsWith('$') && !target.StartsWith("$scheme", StringComparison.Ordinal) && !target.StartsWith("$request_uri", StringComparison.Ordinal) && !target.StartsWith("$uri", StringComparison.Ordinal) => Unclear(step, doubts),
            _ => Course.Stays,
        };
    }

    private static Course Rewrites(NginxDirective step, List<Sighting> doubts)
    {
        if (step.Arguments is not [var pattern, var target, ..])
        {
            return Unclear(step, doubts);
        }

        var isAway = target.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return isAway && Everything.Contains(pattern, StringComparer.Ordinal) ? Course.Away
            : isAway ? Course.On
            : target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("$scheme", StringComparison.Ordinal) || step.Arguments.Count > 2 ? Course.Stays
            : target.StartsWith('$') ? Unclear(step, doubts) : Course.On;
    }

    /// <summary>What is always so on a clear port counts; any other branch may be taken or not, and must not lead elsewhere.</summary>
    private static Course Branches(NginxDirective step, string port, List<Sighting> doubts)
    {
        var inside = Sends(step, port, doubts);
        var condition = string.Join(' ', step.Arguments).Trim('(', ')', ' ').Replace("\"", "", StringComparison.Ordinal);
        var isAlways = AlwaysClear().IsMatch(condition) || condition == $"$server_port = {port}";
        return inside switch
        {
            Course.Away when isAlways => Course.Away,
            Course.Away or Course.On when step.Inside.TrueForAll(d => d.Name is "return" or "rewrite" or "set") => Course.On,
            Course.Unclear => Course.Unclear,
            _ when isAlways => Course.Stays,
            _ => Unclear(step, doubts),
        };
    }

    private static Course Unclear(NginxDirective step, List<Sighting> doubts)
    {
        doubts.Add(Sighting(step));
        return Course.Unclear;
    }

    public static Sighting Sighting(NginxDirective d) => new(string.Join(' ', d.Arguments.Prepend(d.Name)), d.Line.Place);

    [GeneratedRegex(@"^\$scheme (=|~\*?) \^?http\$?$|^\$scheme (!=|!~\*?) \^?https\$?$|^\$https = ?$|^\$https != on$|^\$ssl_protocol = ?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex AlwaysClear();

    private enum Course
    {
        /// <summary>Goes on with what follows.</summary>
        On,

        /// <summary>Sent to https, or refused.</summary>
        Away,

        /// <summary>Answered in clear.</summary>
        Stays,

        Unclear,
    }
}
