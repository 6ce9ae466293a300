using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A user of the ACL after all of its rules, one after the other; a later one takes back what an earlier one gave.</summary>
internal sealed class RedisUser(string name, ConfigLine? line)
{
    /// <summary>Commands that wipe, stop, reconfigure or copy the whole, with the categories they are in.</summary>
    private static readonly Dictionary<string, string[]> Dangerous = new(StringComparer.OrdinalIgnoreCase)
    {
        ["flushall"] = ["keyspace", "write", "slow"], ["flushdb"] = ["keyspace", "write", "slow"], ["keys"] = ["keyspace", "read", "slow"], ["swapdb"] = ["keyspace", "write", "fast"],
        ["migrate"] = ["keyspace", "write", "slow"], ["restore"] = ["keyspace", "write", "slow"], ["config"] = ["admin", "slow"], ["debug"] = ["admin", "slow"], ["shutdown"] = ["admin", "slow"],
        ["save"] = ["admin", "slow"], ["bgsave"] = ["admin", "slow"], ["bgrewriteaof"] = ["admin", "slow"], ["replicaof"] = ["admin", "slow"], ["slaveof"] = ["admin", "slow"], ["sync"] = ["admin", "slow"],
        ["psync"] = ["admin", "slow"], ["monitor"] = ["admin", "slow"], ["module"] = ["admin", "slow"], ["acl"] = ["admin", "slow"], ["failover"] = ["admin", "slow"],
    };

    private readonly SortedSet<string> _dangerous = new(StringComparer.Ordinal);

    /// <summary>What each selector grants beside the rest.</summary>
    private readonly List<RedisUser> _selectors = [];
    private readonly List<string> _passwords = [];

    public string Name { get; } = name;

    /// <summary>Null for the default user nobody wrote down.</summary>
    public ConfigLine? Line { get; } = line;

    public bool IsOn { get; private set; }

    public bool NeedsNoPassword { get; private set; }

    /// <summary>Weakest of its passwords: none, short, weak, example or set.</summary>
    public string Password => new[] { "example", "weak", "short" }.FirstOrDefault(_passwords.Contains) ?? (_passwords.Count == 0 ? "none" : "set");

    /// <summary>Whether anybody can be this user.</summary>
    public bool IsUsable => IsOn && (NeedsNoPassword || _passwords.Count > 0);

    public IReadOnlyCollection<string> DangerousCommands => [.. _selectors.SelectMany(s => s._dangerous).Concat(_dangerous).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The user that is there by itself: all commands, and the password of requirepass or none.</summary>
    public static RedisUser Default(string password, ConfigLine? line)
    {
        var user = new RedisUser("default", line) { IsOn = true, NeedsNoPassword = password == "none" };
        user._passwords.AddRange(password == "none" ? [] : [password]);
        user._dangerous.UnionWith(Dangerous.Keys);
        return user;
    }

    /// <summary>Strength as the redaction left it.</summary>
    public static string Strength(string shown) => shown switch { "" => "none", "***example" => "example", "***short" => "short", "***weak" => "weak", _ => "set" };

    /// <exception cref="UnableException">A rule the server would not take.</exception>
    public RedisUser With(IEnumerable<string> rules)
    {
        var selector = default(List<string>);
        foreach (var rule in rules)
        {
            if (selector is null && !rule.StartsWith('('))
            {
                Apply(rule);
                continue;
            }

            // A selector is a user of its own beside the rest: what it takes away it takes from itself.
            selector ??= [];
            selector.Add(rule.TrimStart('('));
            if (rule.EndsWith(')'))
            {
                selector[^1] = selector[^1].TrimEnd(')');
                _selectors.Add(new RedisUser(Name, Line).WithSelector(selector));
                selector = null;
            }
        }

        if (selector is not null)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{Line?.Place} 的 user {Name} 的选择器没有闭合");
        }

        return this;
    }

    private RedisUser WithSelector(List<string> rules)
    {
        rules.Where(r => r.Length > 0).ToList().ForEach(Apply);
        return this;
    }

    private void Apply(string rule)
    {
        switch (rule.ToLowerInvariant())
        {
            case "on" or "off":
                IsOn = rule.Equals("on", StringComparison.OrdinalIgnoreCase);
                break;
            case "nopass":
                NeedsNoPassword = true;
                _passwords.Clear();
                break;
            case "resetpass":
                NeedsNoPassword = false;
                _passwords.Clear();
                break;
            case "reset":
                (IsOn, NeedsNoPassword) = (false, false);
                _passwords.Clear();
                _dangerous.Clear();
                _selectors.Clear();
                break;
            case "clearselectors":
                _selectors.Clear();
                break;
            case "" or "***" or "allkeys" or "resetkeys" or "allchannels" or "resetchannels" or "sanitize-payload" or "skip-sanitize-payload":
                break;
            case "allcommands":
                _dangerous.UnionWith(Dangerous.Keys);
                break;
            case "nocommands":
                _dangerous.Clear();
                break;
            default:
                Signed(rule);
                break;
        }
    }

    private void Signed(string rule)
    {
        switch (rule[0])
        {
            case '>' or '#':
                NeedsNoPassword = false;
                _passwords.Add(rule[0] == '#' ? "set" : Strength(rule[1..]));
                break;
            case '<' or '!':
                // Which of them goes cannot be seen any more.
                break;
            case '+' or '-':
                Commands(rule[0] == '+', rule[1..]);
                break;
            case '~' or '&' or '%':
                break;
            default:
                throw new UnableException(FailureKind.BadInput, $"配置无效：{Line?.Place} 的 user {Name} 有不认识的规则");
        }
    }

    private void Commands(bool isGrant, string what)
    {
        var category = what.StartsWith('@') ? what[1..].ToLowerInvariant() : null;
        var meant = category switch
        {
            null => Dangerous.Keys.Where(k => k.Equals(what.Split('|')[0], StringComparison.OrdinalIgnoreCase) && (isGrant || !what.Contains('|', StringComparison.Ordinal))),
            "all" or "dangerous" => Dangerous.Keys,
            _ => Dangerous.Where(d => d.Value.Contains(category, StringComparer.Ordinal)).Select(d => d.Key),
        };
        if (isGrant)
        {
            _dangerous.UnionWith(meant);
        }
        else
        {
            _dangerous.ExceptWith(meant);
        }
    }
}
