namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Date and time of MS-DOS: two seconds fine, without a zone, from 1980 to 2107.</summary>
internal static class DosTime
{
    /// <returns>Null where it is no date; zero, which many writers leave, is none.</returns>
    public static DateTime? Read(ushort date, ushort time)
    {
        var (year, month, day) = (1980 + (date >> 9), (date >> 5) & 0xF, date & 0x1F);
        var (hour, minute, second) = (time >> 11, (time >> 5) & 0x3F, (time & 0x1F) * 2);
        return month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            ? null
            : new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
    }
}
