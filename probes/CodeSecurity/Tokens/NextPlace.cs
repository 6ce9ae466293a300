namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where something stands next. A stretch without it is read once, however often it is asked for.</summary>
/// <param name="find">From an index to that of the next place, or to the length of the text.</param>
internal sealed class NextPlace(Func<int, int> find)
{
    private int _from = -1;
    private int _place = -1;

    public int At(int from)
    {
        if (from < _from || from > _place)
        {
            (_from, _place) = (from, find(from));
        }

        return _place;
    }
}
