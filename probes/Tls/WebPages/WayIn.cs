using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One page, redirections on the endpoint itself followed: pages of others are not asked for.</summary>
internal static class WayIn
{
    private const int Hops = 3;

    /// <summary>The page is null where it leads elsewhere, to the address given if it can be read.</summary>
    /// <exception cref="UnableException">No answer.</exception>
    public static async Task<(Uri? Url, WebPage? Page)> ToAsync(Endpoint target, string path, ProbeContext context, CancellationToken cancellationToken)
    {
        var (url, page, _) = await FollowAsync(target, path, context, cancellationToken);
        return (url, page);
    }

    /// <summary>
    /// The page and where it is; the page is null where it leads elsewhere, to the address given. Both are null where nobody can say whither:
    /// no address, several, or too many turns. And the head of the last answer.
    /// </summary>
    /// <exception cref="UnableException">No answer.</exception>
    public static async Task<(Uri? Url, WebPage? Page, ResponseHead Last)> FollowAsync(Endpoint target, string path, ProbeContext context, CancellationToken cancellationToken)
    {
        var host = EndpointName.Reference(target);
        var scheme = target.Protocol == EndpointProtocol.Http ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var url = new Uri(new UriBuilder(scheme, host, target.Port).Uri, path);
        for (var hop = 0; ; hop++)
        {
            var page = await WebPage.GetAsync(target, url.PathAndQuery, context, cancellationToken);
            if (page.Head.StatusCode is < 300 or > 399)
            {
                return (url, page, page.Head);
            }

            var isOne = page.Head.Values("Location").Distinct(StringComparer.Ordinal).Take(2).Count() == 1;
            var next = isOne ? Redirection.Of(page.Head, url) : null;
            if (next is null || next.Scheme != scheme || next.Port != target.Port || !string.Equals(next.IdnHost.Trim('[', ']'), host, StringComparison.OrdinalIgnoreCase))
            {
                return (next, null, page.Head);
            }

            if (hop == Hops)
            {
                return (null, null, page.Head);
            }

            url = next;
        }
    }
}
