namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What keeps the kernel from writing down anything whatever the rules are: how auditd and the kernel are started.</summary>
internal static class AuditStart
{
    /// <summary>What is written for the next start as well: of a tree it is all there is.</summary>
    private static readonly string[] KernelLines =
    [
        "/proc/cmdline", "/etc/default/grub", "/etc/default/grub.d/*.cfg", "/etc/kernel/cmdline", "/boot/loader/entries/*.conf", "/boot/grub*/grub.cfg", "/boot/grub*/grubenv",
        "/boot/efi/EFI/*/grub.cfg", "/boot/efi/EFI/*/grubenv",
    ];

    private static readonly string[] Loading = ["augenrules --load", "auditctl -R /etc/audit/audit.rules"];

    /// <param name="snapshot">Of the host.</param>
    public static IEnumerable<Sighting> Troubles(HostSnapshot snapshot)
    {
        var unit = DaemonStart.Of(snapshot, "auditd.service");
        var (words, faults) = unit.Start();
        foreach (var fault in faults)
        {
            yield return fault;
        }

        if (words.Count > 0 && !words[0].Word.EndsWith("/auditd", StringComparison.Ordinal))
        {
            yield return new Sighting("auditd.service 启动的不是 auditd", words[0].Line.Place);
        }

        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].Word == "-s" && i + 1 < words.Count && words[i + 1].Word is "enable")
            {
                i++;
            }
            else if (words[i].Word is not ("-n" or "-l" or "-f"))
            {
                yield return new Sighting($"auditd 的启动参数 {words[i].Word} 读不懂或使内核不记录", words[i].Line.Place);
            }
        }

        if (words.Count > 0 && !unit.Values("ExecStartPost").Any(IsLoading) && !unit.Starts("audit-rules.service"))
        {
            yield return new Sighting("auditd 启动时没有装载规则（ExecStartPost 里没有 augenrules --load）", words[0].Line.Place);
        }

        foreach (var line in unit.Values("ExecStartPost").Concat(unit.Values("ExecStartPre")))
        {
            if (!IsLoading(line))
            {
                yield return new Sighting($"auditd 启动前后执行 {(line.Text.Length > 60 ? line.Text[..60] : line.Text)}，可能改动规则", line.Place);
            }
        }

        foreach (var trouble in OfKernel(snapshot))
        {
            yield return trouble;
        }
    }

    private static IEnumerable<Sighting> OfKernel(HostSnapshot snapshot)
    {
        var unread = new List<Sighting>();

        // A tree is of a host that does not run.
        foreach (var line in KernelLines.Where(p => snapshot is not RootSnapshot || !p.StartsWith("/proc/", StringComparison.Ordinal)).SelectMany(p => LogStays.Lines(snapshot, p, unread)))
        {
            if (Array.Find(line.Text.Split([' ', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries), IsOff) is { } off)
            {
                yield return new Sighting($"内核的启动参数 {off[off.IndexOf("audit=", StringComparison.Ordinal)..]} 使内核不记录，或读不懂", line.Place);
            }
            else if (line.Path.StartsWith("/etc/default/", StringComparison.Ordinal) && line.Text.Contains(Kept.Mark, StringComparison.Ordinal) && (line.Text.Contains("GRUB_CMDLINE", StringComparison.Ordinal) || line.Text.Trim().StartsWith(Kept.Mark, StringComparison.Ordinal) || line.Text.Trim().StartsWith("export ", StringComparison.Ordinal)))
            {
                yield return new Sighting("这一行已遮盖或读不懂，可能改动内核的启动参数（audit=0）", line.Place);
            }
        }

        foreach (var file in unread)
        {
            yield return file;
        }
    }

    /// <summary>Kernels differ in what they take for off, whatever its case.</summary>
    private static bool IsOff(string word)
    {
        var at = word.StartsWith("audit=", StringComparison.Ordinal) ? 0 : word.IndexOf("=audit=", StringComparison.Ordinal) + 1;
        return (at > 0 || word.StartsWith("audit=", StringComparison.Ordinal)) && word[(at + "audit=".Length)..].TrimEnd(';').ToLowerInvariant() is not ("1" or "on");
    }

    private static bool IsLoading(ConfigLine line)
    {
        var text = StartLines.Bare(line.Text);
        return text.StartsWith('/') && Loading.Any(l => text[(text.Split(' ')[0].LastIndexOf('/') + 1)..] == l);
    }
}
