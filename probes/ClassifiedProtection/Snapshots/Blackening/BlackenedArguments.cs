namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A command line over several lines: a secret may stand on the line behind the one with its option, where nothing tells that it is one.</summary>
internal sealed class BlackenedArguments
{
    private const string Ends = "--[a-z_-]*(pass|password|auth|secret|token|masteruser)[ \t=\"']*\\\\$";
    private bool _isSecret;
    private bool _isRequired;
    private bool _hasUser;

    /// <param name="text">The first line.</param>
    public string First(string text)
    {
        (_isSecret, _isRequired, _hasUser) = (false, false, false);
        return Seen(text);
    }

    /// <param name="line">One behind it.</param>
    public string Next(string line)
    {
        if (_hasUser)
        {
            return Kept.Mark;
        }

        var lead = Kept.Indent(line);
        var goesOn = Kept.GoesOn(line);
        var rest = goesOn ? line[lead.Length..^1] : line[lead.Length..];
        var word = Kept.Find(rest, "^[^ \t]*").Value;
        if (!_isSecret || Kept.Is(rest, "^[\"' \t]*$"))
        {
            return _isSecret ? line : Seen(line);
        }

        var (before, after) = (Kept.Find(word, "^[\"']*").Value, Kept.Find(word, "[\"']*$").Value);
        if (before.Length < word.Length && !Kept.Is(word, "^[\"']*--"))
        {
            var secret = Kept.Strip(word);
            rest = before + RedisRedaction.Argument(_isRequired ? "requirepass" : "", secret) + after + rest[word.Length..];
        }

        return Seen(lead + rest + (goesOn ? "\\" : ""));
    }

    private string Seen(string line)
    {
        var low = line.ToLowerInvariant();
        _isSecret = Kept.GoesOn(line) && Kept.Is(low, Ends);
        _isRequired = _isSecret && Kept.Is(low, "--requirepass[ \t=\"']*\\\\$");
        _hasUser |= Kept.Is(low, "--(user|rename-command)([ \t=\"']|\\\\$)|ssl[_-]passphrase[_-]command");
        return line;
    }
}
