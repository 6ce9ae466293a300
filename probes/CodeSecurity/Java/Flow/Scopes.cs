namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Variables by name, innermost first.</summary>
internal sealed class Scopes
{
    /// <summary>Nothing before it is seen.</summary>
    private const string Wall = "|";

    private readonly List<(string Name, string? Type)> _variables = [];
    private readonly List<int> _numbers = [];
    private readonly List<int> _declarations = [];
    private int _declared;

    public int Mark() => _variables.Count;

    public void Leave(int mark)
    {
        _variables.RemoveRange(mark, _variables.Count - mark);
        _numbers.RemoveRange(mark, _numbers.Count - mark);
        _declarations.RemoveRange(mark, _declarations.Count - mark);
    }

    /// <summary>From here on the variables so far are not seen.</summary>
    public void Shut() => Declare(Wall);

    /// <returns>Number of the variable.</returns>
    public int Declare(string name, string? type = null)
    {
        // Numbers return with their scope, so that going over a loop again does not make more of them.
        var next = _numbers.Count == 0 ? 0 : _numbers[^1] + 1;
        _variables.Add((name, type));
        _numbers.Add(next);
        _declarations.Add(++_declared);
        return next;
    }

    /// <returns>−1 where there is none.</returns>
    public int Find(string name)
    {
        for (var i = _variables.Count - 1; i >= 0 && _variables[i].Name != Wall; i--)
        {
            if (_variables[i].Name == name)
            {
                return _numbers[i];
            }
        }

        return -1;
    }

    /// <summary>Tells a variable from others of the same name and number, from 1; 0 where there is none.</summary>
    public int Declaration(string name)
    {
        for (var i = _variables.Count - 1; i >= 0 && _variables[i].Name != Wall; i--)
        {
            if (_variables[i].Name == name)
            {
                return _declarations[i];
            }
        }

        return 0;
    }

    /// <summary>As it was declared; null where that is not known.</summary>
    public string? TypeOf(string name)
    {
        for (var i = _variables.Count - 1; i >= 0 && _variables[i].Name != Wall; i--)
        {
            if (_variables[i].Name == name)
            {
                return _variables[i].Type;
            }
        }

        return null;
    }
}
