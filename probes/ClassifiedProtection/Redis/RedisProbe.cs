using System.Globalization;
using System.Net;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Redis: of several lines the last one counts, an included file where it stands. One observation an instance.</summary>
public sealed class RedisProbe : HostProbe<RedisSettings>
{
    private static readonly string[] Places = ["/etc/redis/redis.conf", "/etc/redis.conf", "/etc/redis/redis-*.conf", "/etc/redis/[0-9]*.conf", "/etc/valkey/valkey.conf", "/etc/keydb/keydb.conf"];

    public override ProbeManifest Manifest { get; } = About("redis", "Redis 配置", "Redis 的口令、监听、加密与日志怎样配置？");

    internal override Seen<RedisSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot)[0];

    internal override IReadOnlyList<Seen<RedisSettings>> ReadAll(HostSnapshot snapshot)
    {
        var starts = RedisStart.Of(snapshot);
        List<string> paths = [.. snapshot.Among(Places).Concat(starts.Select(s => s.File).OfType<string>().Where(f => !GlobPattern.HasWildcard(f))).Distinct(StringComparer.Ordinal)];
        var files = paths.ConvertAll(p => RedisFile.Read(snapshot, p));
        var own = files.FindAll(f => !files.Exists(o => o != f && o.Included.Contains(f.Path)));
        files = own.Count == 0 ? files : own;
        starts.SelectMany(s => files.Where(f => s.IsOf(f.Path)).Select(f => (s, f))).ToList().ForEach(p => p.f.Append(snapshot, p.s.Lines));
        return files.Count == 0 ? [DatabaseSigns.NoConfiguration<RedisSettings>(snapshot, "Redis", "redis-server", "valkey-server", "keydb-server")] : [.. files.Select(f => Instance(snapshot, f))];
    }

    private static Seen<RedisSettings> Instance(HostSnapshot snapshot, RedisFile file)
    {
        var users = RedisAcl.Users(snapshot, file);
        var guest = users.First(u => u.Name == "default");
        WordSetting Word(string key, string? standard) => file.Last(key) is { } found ? WordSetting.At(found.Line, string.Join(' ', found.Values).ToLowerInvariant()) : WordSetting.ByDefault(standard);
        NumberSetting Number(string key, long standard) => file.Last(key) is { Values: [var text, ..] } found
            ? NumberSetting.At(found.Line, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null) : NumberSetting.ByDefault(standard);
        var bind = file.Last("bind") is { } bound ? ListSetting.At(bound.Line, bound.Values) : ListSetting.ByDefault([]);
        return new(
            new RedisSettings
            {
                Instance = file.Path,
                Password = new WordSetting(guest.IsUsable ? guest.NeedsNoPassword ? "none" : guest.Password : "off", guest.Line is null ? SettingSource.Default : SettingSource.Explicit, guest.Line?.Place),
                DefaultUserOpen = guest.Line is null ? FlagSetting.ByDefault(guest.IsOn && guest.NeedsNoPassword) : FlagSetting.At(guest.Line, guest.IsOn && guest.NeedsNoPassword),
                OpenUsers = Those(users, u => u.NeedsNoPassword, u => u.Name, file),
                WeakUsers = Those(users, u => !u.NeedsNoPassword && u.Password is "short" or "weak" or "example", u => u.Name, file),
                Bind = bind,
                BindsEverywhere = bind.Value.Count == 0 || bind.Value.Any(IsEverywhere),
                ListensBeyondHost = bind.Value.Count == 0 || !bind.Value.All(IsLoopback),
                ProtectedMode = Word("protected-mode", "yes"),
                Port = Number("port", 6379),
                TlsPort = Number("tls-port", 0),
                Timeout = Number("timeout", 0),
                RenamedCommands = new(Renamed(file)),
                AclLimitsDangerous = Limits(users.ToList()),
                DangerousUsers = Those(users, u => u.DangerousCommands.Count > 0, u => $"{u.Name}（{string.Join(' ', u.DangerousCommands.Take(6))}{(u.DangerousCommands.Count > 6 ? "……" : "")}）", file),
                LogLevel = Word("loglevel", "notice"),
                LogFile = file.Last("logfile") is { Values: [var log, ..], Line: var at } ? WordSetting.At(at, NullDevice.Is(log) ? "/dev/null" : log) : WordSetting.ByDefault(""),
                DataFolder = DataFolder(snapshot, file),
            },
            [.. file.Lines.Select(l => l.Line), .. users.Select(u => u.Line).OfType<ConfigLine>().Where(l => l.Path != file.Path)]);
    }

    /// <summary>Not told where one user alone may do everything and others are limited: whether applications use the one, no file says.</summary>
    private static Fact<bool> Limits(List<RedisUser> users)
    {
        var mighty = users.FindAll(u => u.IsUsable && u.DangerousCommands.Count > 0);
        return mighty is [{ Name: not "default", NeedsNoPassword: false }] && users.Exists(u => u.IsUsable && u.DangerousCommands.Count == 0) ? default(Fact<bool>) : mighty.Count == 0;
    }

    private static Fact<IReadOnlyList<Sighting>> Those(IEnumerable<RedisUser> users, Func<RedisUser, bool> wanted, Func<RedisUser, string> said, RedisFile file) =>
        new([.. users.Where(u => u.IsUsable && wanted(u)).Select(u => new Sighting(said(u), u.Line?.Place ?? $"{file.Path}（未写，按缺省）"))]);

    /// <summary>In their order: a name that is given to something again is there again.</summary>
    private static List<string> Renamed(RedisFile file)
    {
        var gone = new List<string>();
        foreach (var (from, to) in file.All("rename-command").Where(l => l.Values.Count > 1).Select(l => (l.Values[0].ToUpperInvariant(), l.Values[1].ToUpperInvariant())))
        {
            gone.Add(from);
            gone.RemoveAll(g => g == to);
        }

        return [.. gone.Distinct(StringComparer.Ordinal)];
    }

    private static Fact<FileAccess?> DataFolder(HostSnapshot snapshot, RedisFile file)
    {
        // Another path begins where the server was started.
        if (file.Last("dir") is not { Values: [['/', ..] folder, ..] })
        {
            return default;
        }

        var data = snapshot.Find(folder);
        return data.State == FileState.Missing ? new(null) : FileAccess.Of(data) is { } access ? new(access) : default(Fact<FileAccess?>);
    }

    /// <summary>A minus in front lets the address be missing; numbers may be shortened.</summary>
    private static bool IsEverywhere(string address) =>
        address.TrimStart('-') is "" or "*" or "::*" || (IPAddress.TryParse(address.TrimStart('-'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    private static bool IsLoopback(string address) => address.TrimStart('-') == "localhost" || (IPAddress.TryParse(address.TrimStart('-'), out var ip) && IPAddress.IsLoopback(ip));
}
