@echo off
rem Windows entry: builds what is not built or older than the sources, then runs the tool.
setlocal
set "ROOT=%~dp0"
set "CLI=%ROOT%artifacts\cli\securitycheck.dll"
set "STAMP=%ROOT%artifacts\cli\.built"
set "STALE=1"
if exist "%CLI%" if exist "%STAMP%" (
  rem One file newer than the stamp is enough; without PowerShell what is built is used.
  powershell -NoProfile -Command "$t=(Get-Item -Force $env:STAMP).LastWriteTimeUtc; $r=$env:ROOT; $f=@(Get-ChildItem -Recurse -File ($r+'src'),($r+'probes'),($r+'reports'),($r+'rulesets'))+@(Get-ChildItem -File ($r+'Directory.*')); $n=$f | Where-Object { $_.FullName.Substring($r.Length) -notmatch '\\(bin|obj)\\' -and $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 7 } else { exit 0 }" 2>nul
  if not errorlevel 7 set "STALE="
  if errorlevel 8 set "STALE="
)
if defined STALE (
  where dotnet >nul 2>nul || (echo .NET 10 SDK not found. & exit /b 3)
  if not exist "%ROOT%artifacts" mkdir "%ROOT%artifacts"
  echo Building, two or three minutes the first time ... 1>&2
  dotnet publish "%ROOT%src\Cli" -c Release --artifacts-path "%ROOT%artifacts\build" -o "%ROOT%artifacts\cli" -v minimal --nologo -p:ForThisMachine=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false > "%ROOT%artifacts\build.log" 2>&1
  if errorlevel 1 (type "%ROOT%artifacts\build.log" & exit /b 4)
  type nul > "%STAMP%"
)
dotnet "%CLI%" %*
exit /b %ERRORLEVEL%
