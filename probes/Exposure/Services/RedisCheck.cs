namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>PING, and where that is answered one section of INFO; AUTH with what makers print.</summary>
internal sealed class RedisCheck : IServiceCheck
{
    public IReadOnlyList<string> Services => ["redis"];

    public async Task<Finding> AskAsync(Door door)
    {
        await using var talk = await door.OpenAsync();
        await talk.SayAsync("*1\r\n$4\r\nPING\r\n");
        var answer = await talk.LineAsync();
        if (answer.StartsWith("+PONG", StringComparison.Ordinal))
        {
            await talk.SayAsync("*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n");
            var said = await talk.UntilAsync(t => t.StartsWith('-') || t.Contains("uptime_in_seconds", StringComparison.Ordinal));
            return new Finding(ServiceAccess.Open, "PING 与 INFO 不需要口令") { Version = VersionIn(said) };
        }

        if (answer.StartsWith("-DENIED", StringComparison.Ordinal))
        {
            return Finding.Guarded("保护模式拒绝远程访问");
        }

        if (!answer.StartsWith("-NOAUTH", StringComparison.Ordinal))
        {
            return Finding.Undecided("应答不是 Redis 的");
        }

        foreach (var account in door.Affordable(door.Accounts))
        {
            await talk.SayAsync($"*2\r\n$4\r\nAUTH\r\n${account.Password.Length}\r\n{account.Password}\r\n");
            var said = await talk.LineAsync();
            if (said.StartsWith("+OK", StringComparison.Ordinal))
            {
                return Finding.Default(account);
            }

            if (!said.StartsWith("-WRONGPASS", StringComparison.Ordinal) && !said.StartsWith("-ERR", StringComparison.Ordinal))
            {
                return Finding.Undecided("AUTH 的应答既不是接受也不是拒绝");
            }
        }

        return Finding.Guarded("没有口令不应答");
    }

    private static string? VersionIn(string info)
    {
        var at = info.IndexOf("redis_version:", StringComparison.Ordinal);
        return at < 0 ? null : Plain.Text(info[(at + 14)..].Split(['\r', '\n'])[0], 40);
    }
}
