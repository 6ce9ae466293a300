using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether being sent elsewhere means that a page is shut here.</summary>
internal static class SentOn
{
    private static readonly string[] LoginWords = ["login", "signin", "sign-in", "sso", "cas", "oauth", "oauth2", "auth", "authorize", "passport"];

    /// <summary>
    /// To a place that is looked at in its own right, to where pages that do not exist lead as well, or to a login. Another place may show the page to everybody.
    /// </summary>
    /// <param name="to">Null where nobody knows.</param>
    /// <param name="path">Asked for.</param>
    /// <param name="nothing">Where a page that does not exist leads.</param>
    /// <param name="target">Asked.</param>
    /// <param name="scope">What is looked at.</param>
    public static bool IsAway(Uri? to, string path, Uri? nothing, Endpoint target, Scope scope)
    {
        if (to is null)
        {
            return false;
        }

        var isOwnHost = string.Equals(to.IdnHost.Trim('[', ']'), EndpointName.Reference(target), StringComparison.OrdinalIgnoreCase);
        if (PlaceNamed.IsEndpoint(to, target, scope) && !(isOwnHost && to.Port == target.Port))
        {
            return true;
        }

        var isSamePage = to.AbsolutePath.Contains(path.Split('?')[0].TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
        return !isSamePage && ((nothing is not null && to.Authority == nothing.Authority && to.AbsolutePath == nothing.AbsolutePath) || to.AbsolutePath.Split('/').Any(s => LoginWords.Contains(s, StringComparer.OrdinalIgnoreCase)));
    }
}
