namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>USER anonymous with an address that nobody has (RFC 1635).</summary>
internal sealed class FtpCheck : IServiceCheck
{
    public IReadOnlyList<string> Services => ["ftp"];

    public async Task<Finding> AskAsync(Door door)
    {
        await using var talk = await door.OpenAsync();
        if (!(await talk.LineAsync()).StartsWith("220", StringComparison.Ordinal))
        {
            return Finding.Undecided("没有 FTP 的问候");
        }

        await talk.SayAsync("USER anonymous\r\n");
        var answer = await ReplyAsync(talk);
        if (answer.StartsWith("331", StringComparison.Ordinal))
        {
            await talk.SayAsync("PASS securitycheck@example.invalid\r\n");
            answer = await ReplyAsync(talk);
        }

        await talk.SayAsync("QUIT\r\n");
        return answer.StartsWith("230", StringComparison.Ordinal) ? new Finding(ServiceAccess.Open, "可以匿名登录")
            : answer.StartsWith("530", StringComparison.Ordinal) && !SpeaksOfEncryption(answer) ? Finding.Guarded($"拒绝匿名登录（{answer[..Math.Min(3, answer.Length)]}）")
            : Finding.Undecided("没有得到登录的应答");
    }

    /// <summary>Who may not log in without encryption may perhaps with it.</summary>
    private static bool SpeaksOfEncryption(string answer) =>
        Array.Exists(["TLS", "SSL", "encrypt", "secure"], w => answer.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>The last line of a reply of several has a blank behind its number.</summary>
    private static async Task<string> ReplyAsync(ServiceTalk talk)
    {
        var text = await talk.UntilAsync(t => t.EndsWith('\n') && t.TrimEnd().Split('\n')[^1] is [_, _, _, ' ', ..]);
        return text.TrimEnd().Split('\n')[^1];
    }
}
