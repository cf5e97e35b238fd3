; Stands in for Microsoft's offline WebView2 installer in trials: leaves the mark that the real one leaves.
Unicode true
Target amd64-unicode
Name "WebView2 stand-in"
OutFile "${OUTPUT}"
RequestExecutionLevel user
SilentInstall silent
Section
  WriteRegStr HKCU "Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}" "pv" "1.2.3.4"
SectionEnd
