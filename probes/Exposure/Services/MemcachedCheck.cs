namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>The text protocol's <c>stats</c>; one with SASL speaks the binary protocol alone and closes.</summary>
internal sealed class MemcachedCheck : IServiceCheck
{
    public IReadOnlyList<string> Services => ["memcached"];

    public async Task<Finding> AskAsync(Door door)
    {
        await using var talk = await door.OpenAsync();
        await talk.SayAsync("stats\r\n");
        var answer = await talk.UntilAsync(t => t.Contains("END\r\n", StringComparison.Ordinal) || t.Contains("ERROR", StringComparison.Ordinal));
        return answer.StartsWith("STAT ", StringComparison.Ordinal)
            ? new Finding(ServiceAccess.Open, "stats 不需要登录") { Version = VersionIn(answer) }
            : answer.Contains("unauthenticated", StringComparison.OrdinalIgnoreCase) ? Finding.Guarded("要求登录") : Finding.Undecided("没有应答 stats");
    }

    private static string? VersionIn(string stats)
    {
        var at = stats.IndexOf("STAT version ", StringComparison.Ordinal);
        return at < 0 ? null : Plain.Text(stats[(at + 13)..].Split(['\r', '\n'])[0], 40);
    }
}
