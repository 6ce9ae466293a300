using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A word of nginx as it grows; knows whether it is within the braces of a variable (<c>${name}</c>).</summary>
internal sealed class NginxWord
{
    private readonly StringBuilder _text = new();
    private char _last;
    private bool _isInVariable;

    public int Length => _text.Length;

    /// <summary>A brace that belongs to a variable is a letter of the word.</summary>
    public bool Takes(char brace) => brace == '{' ? _last == '$' : _isInVariable;

    public void Append(char letter)
    {
        _isInVariable = letter != '}' && (_isInVariable || (letter == '{' && _last == '$'));
        _text.Append(letter);
        _last = letter;
    }

    /// <summary>What there is, and begins anew.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        (_last, _isInVariable) = ('\0', false);
        return text;
    }
}
