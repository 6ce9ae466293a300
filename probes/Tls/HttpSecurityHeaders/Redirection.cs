namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Where a 3xx answer leads (RFC 9110 §10.2.2).</summary>
internal static class Redirection
{
    /// <returns>
    /// The absolute address; null without one of http or https. Of several Location fields, which clients take as they like,
    /// one without TLS comes before the others.
    /// </returns>
    public static Uri? Of(ResponseHead head, Uri asked)
    {
        var targets = head.Values("Location").Select(l => Uri.TryCreate(asked, l, out var target) && target.Scheme is "http" or "https" ? target : null).OfType<Uri>().ToList();
        return targets.Find(t => t.Scheme == Uri.UriSchemeHttp) ?? targets.FirstOrDefault();
    }
}
