using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Flattens YAML of Spring, event by event: no object is built from it. An alias stands for nothing and is not followed, so that a few lines cannot grow to gigabytes;
/// the file is then one of which not everything is known.
/// </summary>
internal sealed class SpringYaml
{
    private readonly SettingLimits _limits;
    private readonly IParser _parser;
    private readonly Func<bool> _isLate;
    private readonly List<(string Key, string Value, int Line, bool IsItem)> _document = [];
    private readonly List<SettingEntry> _entries = [];
    private bool _hasHidden;

    private SpringYaml(string text, SettingLimits limits, Func<bool> isLate) =>
        (_limits, _parser, _isLate) = (limits, new Parser(new StringReader(text)), isLate);

    /// <param name="path">Of the file.</param>
    /// <param name="text">All of it.</param>
    /// <param name="profile">That its name says; null where it says none.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="isLate">Whether the time for settings is over.</param>
    /// <exception cref="SettingFaultException">No YAML, or over a cap.</exception>
    public static SettingFile Read(string path, string text, string? profile, SettingLimits limits, Func<bool> isLate)
    {
        var reader = new SpringYaml(Plain(text), limits, isLate);
        try
        {
            reader.Stream(profile);
        }
        catch (YamlException broken)
        {
            throw new SettingFaultException($"第 {broken.Start.Line} 行附近不是合格的 YAML");
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // The parser loses its own state over some broken texts instead of saying what is wrong.
            throw new SettingFaultException("不是合格的 YAML");
        }

        return new SettingFile(path, reader._entries, reader._hasHidden) { IsSpring = true };
    }

    /// <summary>Builds put a value in the place of <c>@name@</c>, which no plain text of YAML may begin with.</summary>
    private static string Plain(string text) => text.Replace(": @", ": §", StringComparison.Ordinal).Replace("- @", "- §", StringComparison.Ordinal);

    private void Stream(string? profile)
    {
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _document.Clear();
            Node("", 0);
            _parser.Consume<DocumentEnd>();
            var own = _document.FindLast(e => e.Key is "spring.config.activate.onprofile" or "spring.profiles").Value;
            _entries.AddRange(_document.Select(e => new SettingEntry(e.Key, e.Value, e.Line, own ?? profile) { IsItem = e.IsItem }));
        }
    }

    private void Node(string key, int depth)
    {
        if (depth > _limits.Depth || _document.Count + _entries.Count > _limits.Entries || _isLate())
        {
            throw new SettingFaultException($"嵌套超过 {_limits.Depth} 层、多于 {_limits.Entries} 项或超时");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            Add(key, Value(scalar), scalar.Start.Line);
        }
        else if (_parser.TryConsume<AnchorAlias>(out _))
        {
            _hasHidden = true;
        }
        else if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            Sequence(key, sequence.Start.Line, depth);
        }
        else
        {
            Mapping(key, depth);
        }
    }

    private void Mapping(string key, int depth)
    {
        _parser.Consume<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                throw new SettingFaultException("键不是文字");
            }

            var whole = SettingKey.Below(key, name.Value);
            if (_parser.TryConsume<Scalar>(out var value))
            {
                Add(whole, Value(value), name.Start.Line);
            }
            else if (_parser.Accept<SequenceStart>(out _))
            {
                _parser.Consume<SequenceStart>();
                Sequence(whole, name.Start.Line, depth + 1);
            }
            else
            {
                Node(whole, depth + 1);
            }
        }
    }

    private void Sequence(string key, long line, int depth)
    {
        var plain = new List<string>();
        for (var i = 0; !_parser.TryConsume<SequenceEnd>(out _); i++)
        {
            if (_parser.TryConsume<Scalar>(out var item))
            {
                plain.Add(Value(item));
            }
            else
            {
                Node($"{key}[{i}]", depth + 1);
            }
        }

        if (plain.Count > 0)
        {
            Add(key, string.Join(',', plain), line);
        }
    }

    private void Add(string key, string value, long line)
    {
        if (_document.Count + _entries.Count >= _limits.Entries || _isLate())
        {
            throw new SettingFaultException($"多于 {_limits.Entries} 项或超时");
        }

        _document.Add((SettingKey.Canonical(key), value, (int)line, key.EndsWith(']')));
    }

    /// <summary>Plain words that Spring's reader takes for truth values.</summary>
    private static string Value(Scalar scalar) => scalar.Style is not ScalarStyle.Plain ? scalar.Value : scalar.Value.ToUpperInvariant() switch
    {
        "YES" or "ON" or "TRUE" => "true",
        "NO" or "OFF" or "FALSE" => "false",
        "~" or "NULL" => "",
        _ => scalar.Value,
    };
}
