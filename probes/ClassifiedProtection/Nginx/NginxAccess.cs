using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Who gets to a page: allow and deny in their order, passwords, and what answers before they are asked.</summary>
internal static partial class NginxAccess
{
    private static readonly string[] Pages = ["/actuator", "/druid", "/nginx_status", "/status", "/nacos", "/swagger-ui", "/phpmyadmin", "/server-status", "/basic_status"];
    private static readonly string[] Displays = ["stub_status", "vhost_traffic_status_display", "check_status", "status", "api"];

    /// <summary>Blocks that show the state of nginx or lead to a page for administrators.</summary>
    public static IEnumerable<NginxDirective> Status(IEnumerable<NginxDirective> all) => all.Where(d =>
        d.Inside.Exists(i => Displays.Contains(i.Name, StringComparer.Ordinal))
        || (d.Name == "location" && (d.Arguments.Any(a => Page().IsMatch(a.Replace("/(", "/", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal))) || TakesPages(d)
            || d.Inside.Exists(i => i.Name.EndsWith("_pass", StringComparison.Ordinal) && i.Arguments is [var target] && Page().IsMatch(target)))));

    /// <summary>A pattern that fits a page for administrators, and not just anything.</summary>
    private static bool TakesPages(NginxDirective location)
    {
        if (location.Arguments is not ["~" or "~*", var pattern])
        {
            return false;
        }

        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | (location.Arguments[0] == "~*" ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromMilliseconds(200));
            return !regex.IsMatch("/zz-nothing/zz") && !regex.IsMatch("/zz-nothing") && Pages.Any(p => regex.IsMatch(p) || regex.IsMatch($"{p}/env"));
        }
        catch (Exception trouble) when (trouble is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public static bool IsLimited(NginxDirective block)
    {
        // A return is carried out before anybody is asked who he is.
        var answers = block.All().Where(d => d.Name == "return").ToList();
        if (answers.Exists(a => a.Arguments is [['2', _, _], ..]))
        {
            return false;
        }

        if (block.Own("internal").Any() || answers.Exists(a => a.Parent == block && a.Arguments is ["403" or "404" or "444"]))
        {
            return true;
        }

        // Where anybody may say which address he has, addresses keep nobody out.
        var rules = block.Around().Select(b => b.Inside.FindAll(d => d.Name is "allow" or "deny")).FirstOrDefault(r => r.Count > 0) ?? [];
        var isForged = block.Around().SelectMany(b => b.Own("set_real_ip_from")).Any(r => r.Arguments is [var from] && IsMany(from));
        var asksPassword = block.Effective("auth_basic") is { Arguments: [var realm] } && realm != "off" && !realm.Contains('$', StringComparison.Ordinal) && block.Effective("auth_basic_user_file") is not null;
        var isEither = block.Effective("satisfy") is { Arguments: [var manner] } && manner.Equals("any", StringComparison.OrdinalIgnoreCase);
        return isEither && rules.Count > 0 ? !isForged && IsClosed(rules) : asksPassword || (!isForged && IsClosed(rules));
    }

    /// <summary>The first that matches counts: everybody is denied before many are allowed.</summary>
    private static bool IsClosed(List<NginxDirective> rules)
    {
        var (denies4, denies6) = (false, false);
        foreach (var rule in rules)
        {
            var who = rule.Arguments is [var only] ? only : "";
            if (rule.Name == "allow" && IsMany(who))
            {
                return false;
            }

            denies4 |= rule.Name == "deny" && who is "all" or "0.0.0.0/0";
            denies6 |= rule.Name == "deny" && who is "all" or "::/0";
            if (denies4 && denies6)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>More than a block of /8 or fc00::/7, or what is no address.</summary>
    private static bool IsMany(string who)
    {
        if (who == "unix:")
        {
            return false;
        }

        var parts = who.Split('/');
        return parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)
            || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits < (address.AddressFamily == AddressFamily.InterNetwork ? 8 : 7)));
    }

    [GeneratedRegex("/(actuator|druid|nginx_status|status|nacos|swagger-ui|phpmyadmin|server-status|basic_status)([^A-Za-z0-9_-]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Page();
}
