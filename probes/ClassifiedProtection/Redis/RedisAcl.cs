using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Everybody who can log in to a Redis. Where there is an ACL file requirepass does not count: a default user not in it needs no password.</summary>
internal static class RedisAcl
{
    /// <summary>The default user is always among them.</summary>
    /// <exception cref="UnableException">The server would not take it.</exception>
    public static IReadOnlyList<RedisUser> Users(HostSnapshot snapshot, RedisFile file)
    {
        var written = file.All("user").Select(l => (l.Values, l.Line)).ToList();
        var named = file.Last("aclfile") is { Values: [{ Length: > 0 } path, ..] } found ? RedisFile.Absolute(found.Line, path) : null;
        if (named is not null)
        {
            if (written.Count > 0)
            {
                throw new UnableException(FailureKind.BadInput, $"配置无效：{written[0].Line.Place} 的 user 与 aclfile 不能同时写");
            }

            written = [.. FromFile(snapshot, named)];
        }

        var users = written.ConvertAll(w => new RedisUser(w.Values[0], w.Line).With(w.Values.Skip(1)));
        if (users.GroupBy(u => u.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{twice.Last().Line?.Place} 的 user {twice.Key} 写了两次");
        }

        var required = named is null ? file.Last("requirepass") : null;
        return users.Exists(u => u.Name == "default") ? users : [.. users, RedisUser.Default(required is null ? "none" : RedisUser.Strength(required.Values[0]), required?.Line)];
    }

    private static IEnumerable<(IReadOnlyList<string> Values, ConfigLine Line)> FromFile(HostSnapshot snapshot, string path)
    {
        foreach (var line in snapshot.Lines(path) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：aclfile 指的 {path} 不存在"))
        {
            switch (RedisWords.Split(line.Text))
            {
                case []:
                    break;
                case ["user", _, ..] words:
                    yield return ([.. words.Skip(1)], line);
                    break;
                default:
                    throw new UnableException(FailureKind.BadInput, $"配置无效：{line.Place} 不是 user 行");
            }
        }
    }
}
